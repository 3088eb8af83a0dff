import { describe, expect, it } from 'vitest';
import { rendered } from '../../../support/rendered.ts';
import { gateway, productpage, reviews } from './shifted-fixtures.ts';

const found = (...intents: readonly string[]) => rendered(intents.join('---\n')).diagnostics.filter(({ code }) => code === 'MS5919');

describe('every-split-is-shifted', () => {
  it('is silent where one VirtualService carries the weights', () => {
    expect(found(reviews())).toEqual([]);
    expect(found(reviews(), gateway, 'service: ratings\nport: 9080\n')).toEqual([]);
  });

  it('names each that carries them: of an exposure, and of another who leads there', () => {
    const [first, ...others] = found(
      reviews('expose: [{gateway: bookinfo-gateway, hosts: [reviews.example.com]}]\n'),
      gateway,
      productpage(),
    );
    expect(others).toEqual([]);
    expect(first?.message).toContain('3 VirtualServices');
    expect(first?.message).toContain('bookinfo/reviews, bookinfo/reviews-bookinfo-gateway and bookinfo/productpage');
    expect(first?.at?.start).toBe(reviews().indexOf('weights'));
    expect(first?.hints.join()).toContain('{name: productpage, routes: [weighted-reviews]}');
  });

  it('knows the delegates of a host that services share', () => {
    const shared = `${gateway}hosts: {bookinfo.example.com: [{prefix: /reviews, service: reviews}]}\n`;
    expect(found(reviews(), shared)[0]?.message).toContain('bookinfo/reviews and bookinfo/reviews-bookinfo-gateway');
  });

  it('says how a Rollout of another namespace is told of it', () => {
    const elsewhere = productpage('namespace: shop\n');
    expect(found(reviews(), elsewhere)[0]?.hints.join()).toContain('{name: productpage.shop, routes: [weighted-reviews]}');
  });

  it('may be waived, with the reason', () => {
    const waived = 'allow: [{rule: every-split-is-shifted, reason: the Rollout names both}]\n';
    expect(found(reviews(waived), productpage())).toEqual([]);
  });

  it('does not count what leads to one of the versions, or copies to it', () => {
    const pinned = productpage('', '{host: reviews.bookinfo.svc.cluster.local, subset: stable}');
    expect(found(reviews(), pinned)).toEqual([]);
    const copied = 'service: productpage\nport: 9080\nversions: [v1]\nstable: v1\nmirror: {service: reviews, version: canary}\n';
    expect(found(reviews(), copied)).toEqual([]);
  });
});
