import type { Schemas } from '@/api/client';
import type { Action } from '@/ui/actions/actions';

export const languages = ['en', 'fr', 'it'] as const;
export type InputType = 'text' | 'number' | 'boolean' | 'choice';

export interface HeaderDraft {
  name: string;
  value: string;
  secret: string;
}
export interface InputDraft {
  name: string;
  title: string;
  titles: Record<string, string>;
  type: InputType;
  required: boolean;
  usual: string;
  choices: string[];
}
export interface OutputDraft {
  name: string;
  from: string;
}

export function draftOf(row: Action | null) {
  const value = row?.value;
  return {
    id: row?.id ?? '',
    title: value?.title ?? '',
    titles: { ...value?.titles } as Record<string, string>,
    description: value?.description ?? '',
    icon: value?.icon ?? 'apps',
    method: value?.method ?? ('post' as NonNullable<Schemas['ActionBody']['method']>),
    url: value?.url ?? '',
    headers: (value?.headers ?? []).map(
      (header): HeaderDraft => ({ name: header.name, value: header.value ?? '', secret: header.secret ?? '' }),
    ),
    body: value?.body === undefined || value.body === null ? '' : JSON.stringify(value.body, null, 2),
    signWith: value?.signWith ?? '',
    inputs: (value?.inputs ?? []).map(
      (input): InputDraft => ({
        name: input.name,
        title: input.title ?? '',
        titles: { ...input.titles },
        type: input.type ?? 'text',
        required: input.required ?? false,
        usual: input.default === undefined || input.default === null ? '' : String(input.default),
        choices: [...(input.choices ?? [])],
      }),
    ),
    outputs: (value?.outputs ?? []).map((output): OutputDraft => ({ name: output.name, from: output.from ?? '' })),
  };
}

export type ActionDraft = ReturnType<typeof draftOf>;

const saidOf = (titles: Record<string, string>) => {
  const said = Object.entries(titles).filter(([, title]) => title.trim() !== '');
  return said.length === 0 ? null : Object.fromEntries(said);
};

function usualOf({ type, usual }: InputDraft): unknown {
  if (usual.trim() === '') return null;
  if (type === 'number') return Number.isNaN(Number(usual)) ? usual : Number(usual);
  if (type === 'boolean') return usual === 'true';
  return usual;
}

/** What is sent; undefined: the body is no JSON. */
export function bodyOf(draft: ActionDraft): Schemas['ActionBody'] | undefined {
  const sendsBody = draft.method !== 'get' && draft.method !== 'delete';
  let body: unknown = null;
  try {
    if (sendsBody && draft.body.trim() !== '') body = JSON.parse(draft.body);
  } catch {
    return undefined;
  }
  return {
    title: draft.title.trim() || null,
    titles: saidOf(draft.titles),
    description: draft.description.trim() || null,
    icon: draft.icon,
    method: draft.method,
    url: draft.url.trim(),
    headers: draft.headers.map(({ name, value, secret }) => ({
      name: name.trim(),
      value: value || null,
      secret: secret || null,
    })),
    body: body as Schemas['ActionBody']['body'],
    signWith: draft.signWith || null,
    inputs: draft.inputs.map((input) => ({
      name: input.name.trim(),
      title: input.title.trim() || null,
      titles: saidOf(input.titles),
      type: input.type,
      required: input.required,
      default: usualOf(input) as Schemas['ActionBody']['body'],
      choices: input.type === 'choice' ? input.choices : null,
    })),
    outputs: draft.outputs.map(({ name, from }) => ({ name: name.trim(), from: from.trim() })),
  };
}
