import { useTranslation } from 'react-i18next';
import { api, type Schemas, take } from '@/api/client';
import { ifMatch, type Save, useAct } from './useAct';

export function useSaveProperty() {
  const { t } = useTranslation();
  return useAct(
    'properties',
    ({ id, revision, body }: Save<Schemas['PropertyBody']>) =>
      take(api.PUT('/api/v1/properties/{id}', { params: { path: { id }, header: ifMatch(revision) }, body })),
    t('settings.saved'),
    true,
  );
}

export function useDeleteProperty() {
  const { t } = useTranslation();
  return useAct(
    'properties',
    (id: string) => take(api.DELETE('/api/v1/properties/{id}', { params: { path: { id }, header: { 'If-Match': '*' } } })),
    t('settings.deleted'),
  );
}

export function useSaveTopic() {
  const { t } = useTranslation();
  return useAct(
    'topics',
    ({ id, revision, body }: Save<Schemas['TopicBody']>) =>
      take(api.PUT('/api/v1/topics/{id}', { params: { path: { id }, header: ifMatch(revision) }, body })),
    t('settings.saved'),
    true,
  );
}

export function useDeleteTopic() {
  const { t } = useTranslation();
  return useAct(
    'topics',
    (id: string) => take(api.DELETE('/api/v1/topics/{id}', { params: { path: { id }, header: { 'If-Match': '*' } } })),
    t('settings.deleted'),
  );
}

export function useSaveCap() {
  const { t } = useTranslation();
  return useAct(
    'caps',
    ({ id, revision, body }: Save<Schemas['CapBody']>) =>
      take(api.PUT('/api/v1/caps/{id}', { params: { path: { id }, header: ifMatch(revision) }, body })),
    t('settings.saved'),
    true,
  );
}

export function useDeleteCap() {
  const { t } = useTranslation();
  return useAct(
    'caps',
    (id: string) => take(api.DELETE('/api/v1/caps/{id}', { params: { path: { id }, header: { 'If-Match': '*' } } })),
    t('settings.deleted'),
  );
}

export function useSaveQuiet() {
  const { t } = useTranslation();
  return useAct(
    'quiet-hours',
    ({ id, revision, body }: Save<Schemas['QuietBody']>) =>
      take(api.PUT('/api/v1/quiet-hours/{id}', { params: { path: { id }, header: ifMatch(revision) }, body })),
    t('settings.saved'),
    true,
  );
}

export function useDeleteQuiet() {
  const { t } = useTranslation();
  return useAct(
    'quiet-hours',
    (id: string) => take(api.DELETE('/api/v1/quiet-hours/{id}', { params: { path: { id }, header: { 'If-Match': '*' } } })),
    t('settings.deleted'),
  );
}

export function useSaveHolidays() {
  const { t } = useTranslation();
  return useAct(
    'holidays',
    ({ id, revision, body }: Save<Schemas['HolidayCalendarBody']>) =>
      take(api.PUT('/api/v1/holiday-calendars/{id}', { params: { path: { id }, header: ifMatch(revision) }, body })),
    t('settings.saved'),
    true,
  );
}

/** The calendar to begin with holds again. */
export function useDeleteHolidays() {
  const { t } = useTranslation();
  return useAct(
    'holidays',
    (id: string) => take(api.DELETE('/api/v1/holiday-calendars/{id}', { params: { path: { id }, header: { 'If-Match': '*' } } })),
    t('settings.saved'),
  );
}

export function useSavePool() {
  const { t } = useTranslation();
  return useAct(
    'coupons',
    ({ id, revision, body }: Save<Schemas['PoolBody']>) =>
      take(api.PUT('/api/v1/coupons/{id}', { params: { path: { id }, header: ifMatch(revision) }, body })),
    t('settings.saved'),
    true,
  );
}

export function useDeletePool() {
  const { t } = useTranslation();
  return useAct(
    'coupons',
    (id: string) => take(api.DELETE('/api/v1/coupons/{id}', { params: { path: { id }, header: { 'If-Match': '*' } } })),
    t('settings.deleted'),
  );
}

export function useAddCodes() {
  return useAct(
    'coupons',
    ({ id, codes }: { id: string; codes: string }) =>
      take(api.POST('/api/v1/coupons/{id}/codes', { params: { path: { id } }, body: { codes } })),
    null,
    true,
  );
}

export function useSaveAction() {
  const { t } = useTranslation();
  return useAct(
    'actions',
    ({ id, revision, body }: Save<Schemas['ActionBody']>) =>
      take(api.PUT('/api/v1/actions/{id}', { params: { path: { id }, header: ifMatch(revision) }, body })),
    t('settings.saved'),
    true,
  );
}

export function useDeleteAction() {
  const { t } = useTranslation();
  return useAct(
    'actions',
    (id: string) => take(api.DELETE('/api/v1/actions/{id}', { params: { path: { id }, header: { 'If-Match': '*' } } })),
    t('settings.deleted'),
  );
}

export function useSaveTeam() {
  const { t } = useTranslation();
  return useAct(
    'teams',
    ({ id, revision, body }: Save<Schemas['TeamBody']>) =>
      take(api.PUT('/api/v1/teams/{id}', { params: { path: { id }, header: ifMatch(revision) }, body })),
    t('settings.saved'),
    true,
  );
}

export function useDeleteTeam() {
  const { t } = useTranslation();
  return useAct(
    'teams',
    (id: string) => take(api.DELETE('/api/v1/teams/{id}', { params: { path: { id }, header: { 'If-Match': '*' } } })),
    t('settings.deleted'),
  );
}

export function useAddUser() {
  const { t } = useTranslation();
  return useAct(
    'users',
    (body: Schemas['UserBody']) => take(api.POST('/api/v1/users', { body })),
    t('settings.users.added'),
    true,
  );
}

export function useRemoveUser() {
  const { t } = useTranslation();
  return useAct(
    'users',
    // Whoever removes somebody has seen which journeys name them; who leaves must be out at once.
    (id: string) => take(api.DELETE('/api/v1/users/{id}', { params: { path: { id }, query: { evenIfUsed: true } } })),
    t('settings.deleted'),
  );
}

export function useMakeKey() {
  return useAct('keys', (body: Schemas['KeyBody']) => take(api.POST('/api/v1/keys', { body })), null, true);
}

export function useRevokeKey() {
  const { t } = useTranslation();
  return useAct(
    'keys',
    (id: string) => take(api.DELETE('/api/v1/keys/{id}', { params: { path: { id } } })),
    t('settings.keys.revoked'),
  );
}

export function useSaveSecret() {
  const { t } = useTranslation();
  return useAct(
    'secrets',
    ({ name, value }: { name: string; value: string }) =>
      take(api.PUT('/api/v1/secrets/{name}', { params: { path: { name } }, body: { value } })),
    t('settings.saved'),
    true,
  );
}

export function useDeleteSecret() {
  const { t } = useTranslation();
  return useAct(
    'secrets',
    (name: string) => take(api.DELETE('/api/v1/secrets/{name}', { params: { path: { name } } })),
    t('settings.deleted'),
  );
}

/** The one before signs beside the new one for a while. */
export function useRotateSigning() {
  const { t } = useTranslation();
  return useAct<void>('signing', () => take(api.POST('/api/v1/webhooks/signing/rotate')), t('settings.webhooks.rotated'));
}
