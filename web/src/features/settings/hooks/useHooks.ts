import { useTranslation } from 'react-i18next';
import { api, type Schemas, take } from '@/api/client';
import { ifMatch, type Save, useAct } from '../useAct';

type Hook = Schemas['HookView'];

export function useSaveHook() {
  const { t } = useTranslation();
  return useAct<Save<Schemas['HookBody']>, Hook>(
    'hooks',
    ({ id, revision, body }) =>
      take(api.PUT('/api/v1/hooks/{id}', { params: { path: { id }, header: ifMatch(revision) }, body })),
    t('settings.saved'),
    true,
  );
}

export function useDeleteHook() {
  const { t } = useTranslation();
  return useAct(
    'hooks',
    (id: string) => take(api.DELETE('/api/v1/hooks/{id}', { params: { path: { id }, header: { 'If-Match': '*' } } })),
    t('settings.deleted'),
  );
}

export function useRotateHook() {
  const { t } = useTranslation();
  return useAct<string, Hook>(
    'hooks',
    (id) => take(api.POST('/api/v1/hooks/{id}/rotate', { params: { path: { id } } })),
    t('settings.hooks.rotated'),
  );
}
