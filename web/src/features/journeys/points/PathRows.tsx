import { ActionIcon, Button, Group, Input, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Telling } from '@/ui/conditions/telling';
import classes from './forms.module.css';

interface NamedPath {
  name: string;
  next?: string;
}

interface Props<P extends NamedPath> {
  label: string;
  paths: P[];
  /** A new one, but for its name. */
  create: () => Omit<P, 'name'>;
  /** What is asked of a path beside its name. */
  body: (path: P, set: (change: Partial<P>) => void, at: number) => ReactNode;
  telling: Telling;
  onChange: (paths: P[]) => void;
  errorAt: (field: string) => string | undefined;
}

const pathsMax = 20;

/** The lines of a rule that have names of their own, in the order in which they are asked. */
export function PathRows<P extends NamedPath>({ label, paths, create, body, telling, onChange, errorAt }: Props<P>) {
  const { t } = telling;
  const set = (at: number, change: Partial<P>) =>
    onChange(paths.map((path, index) => (index === at ? { ...path, ...change } : path)));
  const add = () => onChange([...paths, { ...create(), name: freeName(paths) } as P]);
  return (
    <Input.Wrapper label={label} error={errorAt('paths')} labelElement="div">
      <Stack gap={8} mt={4}>
        {paths.map((path, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a path is its place; its name is being typed.
          <Group key={at} className={classes.boxed} gap={8} wrap="nowrap" align="flex-start">
            <Stack gap={8} flex={1} miw={0}>
              <TextInput
                aria-label={t('points.paths.name')}
                value={path.name}
                maxLength={200}
                error={errorAt(`paths/${at}/name`)}
                onChange={(event) => set(at, { name: event.currentTarget.value } as Partial<P>)}
              />
              {body(path, (change) => set(at, change), at)}
            </Stack>
            <ActionIcon
              size={24}
              aria-label={t('points.paths.remove', { path: path.name })}
              disabled={paths.length <= 1}
              onClick={() => onChange(paths.filter((_, index) => index !== at))}
            >
              <IconX size={14} />
            </ActionIcon>
          </Group>
        ))}
        <Button
          variant="subtle"
          size="compact-sm"
          w="fit-content"
          leftSection={<IconPlus size={14} />}
          onClick={add}
          disabled={paths.length >= pathsMax}
        >
          {t('points.paths.add')}
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}

function freeName(paths: NamedPath[]): string {
  const names = new Set(paths.map((path) => path.name));
  let number = paths.length + 1;
  while (names.has(String(number))) number++;
  return String(number);
}
