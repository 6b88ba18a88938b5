import { describe, expect, it } from 'vitest';
import type { Reason } from '@/api/problem';
import type { Journey } from '../definition/journey';
import { applyEdit } from '../edit/applyEdit';
import { mendOf } from './mends';
import { problemsOf } from './problems';

const journey: Journey = {
  format: 1,
  id: 'j',
  name: 'J',
  start: [{ kind: 'tagAdded', id: 'in', tag: 'new', next: 'mail' }],
  points: {
    mail: { kind: 'sendEmail', content: 'hello & more' },
    alone: { kind: 'addTag', tag: 'x', next: 'done' },
    done: { kind: 'end', outcome: 'completed' },
  },
};
const first = (reason: Partial<Reason>) => {
  const [problem] = problemsOf(journey, [{ code: '', path: '', text: '', ...reason }]);
  return problem && mendOf(journey, problem);
};

describe('what mends a problem at once', () => {
  it('an open line gets an end where it is open', () => {
    const mend = first({ code: 'target.none', path: '/points/mail/next', severity: 'warning' });
    expect(mend?.says).toBe('end');
    if (!mend || !('edit' in mend)) throw new Error('no edit');
    const done = applyEdit(journey, mend.edit);
    if (!('journey' in done)) throw new Error(done.refused);
    const { mail } = done.journey.points;
    const end = done.journey.points[(mail as { next?: string }).next ?? ''];
    expect(end?.kind).toBe('end');
  });

  it('a point that no line leads to is removed', () => {
    const mend = first({ code: 'point.unreachable', path: '/points/alone' });
    if (!mend || !('edit' in mend)) throw new Error('no edit');
    const done = applyEdit(journey, mend.edit);
    expect('journey' in done && 'alone' in done.journey.points).toBe(false);
  });

  it('what is missing is made on its page, under the name that is asked for', () => {
    const mend = first({ code: 'reference.content', path: '/points/mail/content', arguments: { name: 'hello & more' } });
    expect(mend).toEqual({ says: 'content', to: '/content?new=hello%20%26%20more' });
  });

  it('what is missing among the settings is led to', () => {
    expect(first({ code: 'reference.pool', path: '/points/mail/pool', arguments: { name: 'spring' } })).toEqual({
      says: 'pool',
      to: '/settings/coupons',
    });
    expect(first({ code: 'action.missing', path: '/points/mail/action', arguments: { name: 'crm' } })).toEqual({
      says: 'action',
      to: '/settings/actions',
    });
  });

  it('others are mended by hand', () => {
    expect(first({ code: 'condition.contradiction', path: '/points/mail' })).toBeUndefined();
  });
});
