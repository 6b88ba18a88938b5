import { useMutation } from '@tanstack/react-query';
import { api, type Schemas, take } from '@/api/client';
import type { ProblemError } from '@/api/problem';
import type { Me } from '@/api/session';
import { useMe } from '@/api/useSession';
import { usePutMe } from './usePatchMe';

type Proof = Schemas['ProofBody'];

export function useBeginTwoFactor() {
  return useMutation<Schemas['SecretView'], ProblemError, Proof>({
    mutationFn: (body) => take(api.POST('/api/v1/me/two-factor', { body })),
  });
}

export function useConfirmTwoFactor() {
  const [me, putMe] = [useMe(), usePutMe()];
  return useMutation<Schemas['RecoveryView'], ProblemError, string>({
    mutationFn: (code) => take(api.POST('/api/v1/me/two-factor/confirm', { body: { code } })),
    onSuccess: ({ recoveryCodes }) => putMe({ ...me, twoFactor: true, recoveryCodesLeft: recoveryCodes.length }),
  });
}

export function useRenewRecoveryCodes() {
  const [me, putMe] = [useMe(), usePutMe()];
  return useMutation<Schemas['RecoveryView'], ProblemError, Proof>({
    mutationFn: (body) => take(api.POST('/api/v1/me/two-factor/recovery-codes', { body })),
    onSuccess: ({ recoveryCodes }) => putMe({ ...me, recoveryCodesLeft: recoveryCodes.length }),
  });
}

export function useDisableTwoFactor() {
  const putMe = usePutMe();
  return useMutation<Me, ProblemError, Proof>({
    mutationFn: (body) => take(api.POST('/api/v1/me/two-factor/disable', { body })),
    onSuccess: putMe,
  });
}
