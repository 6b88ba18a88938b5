import { Tag } from './Tag';
import classes from './TagList.module.css';

/** Tags in a row; where room is short, the first few and how many more. */
export function TagList({ tags, max = 50 }: { tags: readonly string[]; max?: number }) {
  if (tags.length === 0) return null;
  return (
    <span className={classes.tags} title={tags.length > max ? tags.join(', ') : undefined}>
      {tags.slice(0, max).map((tag) => (
        <Tag key={tag}>{tag}</Tag>
      ))}
      {tags.length > max && <span className={classes.more}>+{tags.length - max}</span>}
    </span>
  );
}
