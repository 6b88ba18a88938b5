import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { useFormats } from '@/lib/useFormats';
import { StatusChip } from '../StatusChip';

export function JourneysTable({ journeys }: { journeys: readonly Schemas['JourneyView'][] }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('journeys.home.journey')}</Table.Th>
          <Table.Th>{t('journeys.home.status')}</Table.Th>
          <Table.Th ta="right">{t('journeys.home.started')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {journeys.map((journey) => (
          <Table.Tr key={journey.id}>
            <Table.Td>{journey.name}</Table.Td>
            <Table.Td>
              <StatusChip status={journey.status} />
            </Table.Td>
            <Table.Td ta="right">{number(journey.figures?.started ?? 0)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
