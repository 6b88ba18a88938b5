import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { reasonText } from '@/api/reasonText';
import { CountrySelect } from './CountrySelect';
import type { MappedColumn } from './targets';
import type { Wishes } from './useImports';

interface Props {
  column: MappedColumn;
  country: string | null;
  /** Says what the column becomes, and what else that means. */
  onSay: (becomes: string, more?: Wishes) => void;
  onChange: (wishes: Wishes) => void;
}

/** What there is to look at, as a question, with its answers beside it. */
export function Doubt({ column, country, onSay, onChange }: Props) {
  const { t } = useTranslation();
  const { doubt } = column;
  if (!doubt) return null;
  return (
    <div>
      <Text size="xs" c="var(--p-warning)" mt={4} mb={4}>
        {reasonText(t, doubt)}
      </Text>
      <Answers column={column} country={country} onSay={onSay} onChange={onChange} code={doubt.code} />
    </div>
  );
}

function Answers({ column, country, onSay, onChange, code }: Props & { code: string }) {
  const { t } = useTranslation();
  const { becomes, type, samples } = column;
  const as = type === null || type === undefined ? becomes : `${becomes}:${type}`;
  const mark = samples.join('').match(/\d([/.-])\d/)?.[1] ?? '/';
  const dates = (form: string, more?: string) => ({
    label: form,
    act: () => (more ? onSay(more, { dateFormats: [form] }) : onChange({ dateFormats: [form] })),
  });
  const forms = [`dd${mark}MM${mark}yyyy`, `MM${mark}dd${mark}yyyy`];
  const answers: { label: string; act: () => void }[] = (() => {
    switch (code) {
      case 'import.doubt.dateForm':
        return forms.map((form) => dates(form));
      case 'import.doubt.dates':
        return [
          ...forms.map((form) => dates(form, `${becomes}:date`)),
          { label: t('imports.type.text'), act: () => onSay(`${becomes}:text`) },
        ];
      case 'import.doubt.decimal':
        return [',', '.'].map((one) => ({
          label: t(one === ',' ? 'imports.comma' : 'imports.point'),
          act: () => onChange({ decimal: one }),
        }));
      case 'import.doubt.several':
        return [
          { label: t('imports.target.tags'), act: () => onSay('tags') },
          { label: t('imports.asItIs'), act: () => onSay(as) },
        ];
      case 'import.doubt.id':
      case 'import.doubt.second':
        return [
          { label: t('imports.yes'), act: () => onSay(as) },
          { label: t('imports.target.leftOut'), act: () => onSay('-') },
        ];
      default:
        return [];
    }
  })();
  if (code === 'import.doubt.country')
    return <CountrySelect value={country} onChange={(value) => onChange({ country: value })} bare />;
  return (
    <Group gap={4}>
      {answers.map(({ label, act }) => (
        <Button key={label} size="compact-xs" variant="default" onClick={act}>
          {label}
        </Button>
      ))}
    </Group>
  );
}
