using NodaTime;
using Npgsql;
using NpgsqlTypes;
using Parcours.Journeys.Contacts;

namespace Parcours.Storage.Postgres;

/// <summary>Puts values into the places of a named query, in their order.</summary>
static class Commands
{
    public static NpgsqlBatchCommand Query(string name) => new(SqlText.Query(name));

    /// <param name="isNew">None of the rows is there.</param>
    public static NpgsqlBatchCommand Save(string name, bool isNew) => new(isNew ? SqlText.Insert(name) : SqlText.Query(name));

    public static NpgsqlBatchCommand With<T>(this NpgsqlBatchCommand command, T value)
        where T : notnull
    {
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return command;
    }

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, ReadOnlyMemory<byte> bytes) => command.With(bytes.ToArray());

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, Instant at) => command.With(at.ToMicroseconds());

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, Partition partition) => command.With((short)partition.Index);

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, PartitionSet partitions) => command.With(Numbers(partitions));

    public static NpgsqlBatchCommand WithOrNull(this NpgsqlBatchCommand command, NpgsqlDbType type, object? value)
    {
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value ?? DBNull.Value });
        return command;
    }

    /// <summary>A column of a set of rows.</summary>
    public static NpgsqlBatchCommand Column<TRow, T>(this NpgsqlBatchCommand command, IReadOnlyList<TRow> rows, Func<TRow, T> value)
    {
        var column = new T[rows.Count];
        for (var i = 0; i < column.Length; i++) column[i] = value(rows[i]);
        command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = column });
        return command;
    }

    public static short[] Numbers(PartitionSet partitions)
    {
        var numbers = new short[partitions.Size];
        var at = 0;
        foreach (var partition in partitions) numbers[at++] = partition.Index;
        return numbers;
    }

    public static byte[] Bytes(this ReadOnlyMemory<byte> bytes) =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(bytes, out var segment) && segment.Array is { } array && segment.Offset == 0 && segment.Count == array.Length ? array : bytes.ToArray();
}
