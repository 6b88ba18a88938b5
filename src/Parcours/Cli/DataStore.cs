using System.Buffers.Binary;
using System.Security.Cryptography;
using Parcours.Engine.Ports;
using Parcours.Storage.Sqlite;

namespace Parcours.Cli;

/// <summary>Opens the store of a data folder.</summary>
static class DataStore
{
    /// <param name="salt">For a new folder; null: a random number, so that contacts of two installations never share an id.</param>
    /// <exception cref="StoreException">It cannot be opened; the message says what to do.</exception>
    public static IStore Open(string data, long? salt = null) =>
        SqliteStore.Open(data, new SqliteStoreOptions { Salt = salt ?? BinaryPrimitives.ReadInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(long))) });
}
