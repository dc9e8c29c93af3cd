/** Name, what it is, and the price in the base currency (NOK) of so many units. */
export const currencies: readonly (readonly [name: string, tooltip: string, rate: number, units: number])[] =
  [
    ['NOK', 'Norske kroner', 1, 1],
    ['DKK', 'Danske kroner', 154.2, 100],
    ['SEK', 'Svenska kronor', 101.6, 100],
    ['EUR', 'Euro', 11.51, 1],
    ['ISK', 'Íslensk króna', 7.68, 100],
    ['USD', 'US Dollar', 10.62, 1],
    ['GBP', 'Pound Sterling', 13.44, 1],
    ['CHF', 'Schweizer Franken', 11.98, 1],
    ['PLN', 'Polski złoty', 269.5, 100],
    ['CZK', 'Česká koruna', 45.9, 100],
    ['HUF', 'Magyar forint', 2.92, 100],
    ['RON', 'Leu românesc', 231.3, 100],
    ['CAD', 'Canadian Dollar', 7.77, 1],
    ['AUD', 'Australian Dollar', 6.98, 1],
    ['JPY', 'Japanese Yen', 7.11, 100],
    ['CNY', 'Yuan Renminbi', 146.8, 100],
    ['INR', 'Indian Rupee', 12.6, 100],
  ];
