import { UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { SortOrder } from './DataTable';
import classes from './DataTable.module.css';

/** The head of a column by which the table is sorted: pressed, it turns the order round. */
export function SortHead({ head, order, onSort }: { head: string; order: SortOrder; onSort: (order: SortOrder) => void }) {
  const Icon = order === 'ascending' ? IconArrowUp : IconArrowDown;
  return (
    <UnstyledButton className={classes.sort} onClick={() => onSort(order === 'ascending' ? 'descending' : 'ascending')}>
      {head}
      <Icon size={13} stroke={2} aria-hidden />
    </UnstyledButton>
  );
}
