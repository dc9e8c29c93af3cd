import { isObject, textOf } from '../json.ts';
import { type Experiment, yesNo } from './experiment.ts';

export const experiment: Experiment = async bench => {
  const { id } = await bench.make('Contact', {
    Name: bench.mark,
    Address: { Street: { Address1: 'Gata 1', Zipcode: '0150', City: 'Oslo' } },
  });
  const { Address: address } = await bench.read('Contact', id);
  const street = isObject(address) && isObject(address.Street) ? address.Street : {};
  const city = textOf(street, 'City');
  return yesNo(city === 'Oslo', `The city of a company that was posted with Oslo is "${city}".`);
};
