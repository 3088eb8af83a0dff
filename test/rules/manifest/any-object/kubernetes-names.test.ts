import { describe, expect, it } from 'vitest';
import { checked, virtualService } from '../../../support/checked.ts';

const spec = '{hosts: [reviews], http: [{route: [{destination: {host: reviews}}]}]}';
const found = (metadata: string, name = 'VirtualService') =>
  checked(`apiVersion: networking.istio.io/v1\nkind: ${name}\nmetadata:\n  ${metadata}\nspec: ${spec}\n`).findings;
const long = (length: number) => 'a'.repeat(length);

describe('kubernetes-names', () => {
  it.each(['Reviews', 'reviews_v2', '-reviews', 'reviews-', 'a..b', '.a', 'a.', 'a.-b', '"a b"', long(254)])('error: %s', (name) => {
    expect(found(`name: ${name}`)).toEqual(['MS5010 line 4']);
  });

  it.each(['reviews', 'reviews.v2', '1', 'a-b', long(253), `${long(64)}.b`])('fine: %s', (name) => {
    expect(found(`name: ${JSON.stringify(name)}`)).toEqual([]);
  });

  it.each(['Bookinfo', 'book.info', 'book_info', long(64), '5', 'true', '[a]'])('error: the namespace %s', (namespace) => {
    expect(found(`namespace: ${namespace}\n  name: reviews`)).toEqual(['MS5010 line 4']);
  });

  it.each(['bookinfo', '"5"', long(63), '', 'null', '""'])('fine: the namespace %s', (namespace) => {
    expect(found(`namespace: ${namespace}\n  name: reviews`)).toEqual([]);
  });

  it('says so of an object whose shape is wrong, too', () => {
    expect(checked(virtualService('{hosts: reviews}', 'Reviews')).findings).toEqual(['MS1042 line 5', 'MS5010 line 3']);
  });
});
