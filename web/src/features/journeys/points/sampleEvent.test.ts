// @vitest-environment node
import { expect, it } from 'vitest';
import { eventLike } from './sampleEvent';

it('makes an event of what was seen, with numbers as numbers, objects inside and items of arrays', () => {
  expect(
    eventLike([
      { name: 'total', type: 'number', values: ['420.5'] },
      { name: 'address.city', type: 'text', values: ['Bern', 'Lyon'] },
      { name: 'gift', type: 'boolean', values: ['True'] },
      { name: 'nothing', type: 'text', values: [] },
      { name: 'products.product_id', type: 'text', values: ['507f'], array: 'products' },
      { name: 'products.price', type: 'number', values: ['9.5'], array: 'products' },
      { name: 'coupons', type: 'text', values: ['SPRING'], array: 'coupons' },
    ]),
  ).toEqual({
    total: 420.5,
    address: { city: 'Bern' },
    gift: true,
    products: [{ product_id: '507f', price: 9.5 }],
    coupons: ['SPRING'],
  });
});
