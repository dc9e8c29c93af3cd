/** A property of whatever was read; undefined where there is none. */
export function property(value: unknown, name: string): unknown {
  return Reflect.get(Object(value), name);
}

export function textIn(value: unknown, name: string): string | null {
  const found = property(value, name);
  return typeof found === 'string' ? found : null;
}

export function numberIn(value: unknown, name: string): number | null {
  const found = property(value, name);
  return typeof found === 'number' ? found : null;
}

export function listIn(value: unknown, name: string): readonly unknown[] {
  const found = property(value, name);
  return Array.isArray(found) ? found : [];
}

export function textsIn(value: unknown, name: string): string[] {
  return listIn(value, name).filter(each => typeof each === 'string');
}
