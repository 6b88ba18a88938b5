import { Checkbox, Skeleton } from '@mantine/core';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLate } from '@/lib/useLate';
import classes from './DataTable.module.css';
import { SortHead } from './SortHead';
import { useRowKeys } from './useRowKeys';

export type SortOrder = 'ascending' | 'descending';

export interface Column<Row> {
  key: string;
  head: string;
  /** Numbers stand right, words left. */
  numeric?: boolean;
  /** Left out on a phone, where only what one reads a list for has room. */
  wide?: boolean;
  width?: number | string;
  /** For a column of pictures or buttons: its name is for screen readers alone. */
  hideHead?: boolean;
  /** It can be sorted by, and is. Only what has an index offers it. */
  sort?: { order: SortOrder; onSort: (order: SortOrder) => void };
  cell: (row: Row) => ReactNode;
}

export interface Selection {
  keys: ReadonlySet<string>;
  onChange: (keys: ReadonlySet<string>) => void;
  /** What one selects, for screen readers. */
  labelOf: (key: string) => string;
}

interface Props<Row> {
  label: string;
  columns: readonly Column<Row>[];
  /** Undefined while they are fetched. */
  rows: readonly Row[] | undefined;
  rowKey: (row: Row) => string;
  /** Rows that want to be looked at. */
  rowTone?: (row: Row) => 'warning' | undefined;
  selection?: Selection;
  /** In the place of the head while something is selected. */
  selectionBar?: ReactNode;
  /** Old rows while a new page is on its way. */
  stale?: boolean;
  empty?: ReactNode;
  footer?: ReactNode;
  /** What its page is for: it has the keys of the page. */
  main?: boolean;
}

/** A list as a table: the head sticks, rows are 61 px where they have two lines. */
export function DataTable<Row>({
  label,
  columns,
  rows,
  rowKey,
  rowTone,
  selection,
  selectionBar,
  stale,
  empty,
  footer,
  main = false,
}: Props<Row>) {
  const { t } = useTranslation();
  const all = rows?.map(rowKey) ?? [];
  const late = useLate(rows === undefined);
  const scroll = useRef<HTMLElement>(null);
  useRowKeys(
    scroll,
    main,
    selection &&
      ((at, from) => {
        const [key, ...more] = all.slice(Math.min(at, from), Math.max(at, from) + 1);
        if (key === undefined) return;
        const next = new Set([...selection.keys, key, ...more]);
        if (more.length === 0 && selection.keys.has(key)) next.delete(key);
        selection.onChange(next);
      }),
  );
  if (rows?.length === 0 && empty) return <div className={classes.card}>{empty}</div>;
  const chosen = all.filter((key) => selection?.keys.has(key)).length;
  return (
    <div className={classes.card}>
      {selection && selection.keys.size > 0 && selectionBar && <div className={classes.selectionBar}>{selectionBar}</div>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard (axe: scrollable-region-focusable). */}
      <section ref={scroll} className={classes.scroll} tabIndex={0} aria-label={label}>
        <table
          className={classes.table}
          aria-label={label}
          aria-busy={rows === undefined || stale || undefined}
          data-stale={stale || undefined}
        >
          <thead>
            <tr>
              {selection && (
                <th className={classes.check} scope="col">
                  <Checkbox
                    size="xs"
                    aria-label={t('frame.table.selectAll')}
                    checked={chosen > 0 && chosen === all.length}
                    indeterminate={chosen > 0 && chosen < all.length}
                    onChange={(event) =>
                      selection.onChange(
                        event.currentTarget.checked
                          ? new Set([...selection.keys, ...all])
                          : new Set([...selection.keys].filter((key) => !all.includes(key))),
                      )
                    }
                  />
                </th>
              )}
              {columns.map(({ key, head, numeric, wide, width, hideHead, sort }) => (
                <th
                  key={key}
                  scope="col"
                  data-numeric={numeric || undefined}
                  data-wide={wide || undefined}
                  style={{ width }}
                  aria-sort={sort?.order}
                >
                  {sort ? <SortHead head={head} {...sort} /> : hideHead ? <span className={classes.hidden}>{head}</span> : head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows?.map((row) => {
              const key = rowKey(row);
              const selected = selection?.keys.has(key) ?? false;
              return (
                <tr key={key} data-selected={selected || undefined} data-tone={rowTone?.(row)}>
                  {selection && (
                    <td className={classes.check}>
                      <Checkbox
                        size="xs"
                        aria-label={selection.labelOf(key)}
                        checked={selected}
                        onChange={() => {
                          const next = new Set(selection.keys);
                          if (!next.delete(key)) next.add(key);
                          selection.onChange(next);
                        }}
                      />
                    </td>
                  )}
                  {columns.map(({ key: column, numeric, wide, cell }) => (
                    <td key={column} data-numeric={numeric || undefined} data-wide={wide || undefined}>
                      {cell(row)}
                    </td>
                  ))}
                </tr>
              );
            })}
            {rows === undefined &&
              late &&
              SHAPES.map((shape) => (
                <tr key={shape}>
                  {selection && <td className={classes.check} />}
                  {columns.map(({ key, wide }) => (
                    <td key={key} data-wide={wide || undefined}>
                      <Skeleton height={12} width="70%" />
                    </td>
                  ))}
                </tr>
              ))}
          </tbody>
        </table>
      </section>
      {footer && <div className={classes.footer}>{footer}</div>}
    </div>
  );
}

const SHAPES = ['1', '2', '3', '4', '5', '6'] as const;
