using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Plenary.Platform.Database;

/// <summary>The right to do something that the processes of an installation must not do at the same time.</summary>
public static class Turns
{
    /// <summary>
    /// Waits until no other process has the turn of this name, and holds it until disposed. It ends with the process, too. On PostgreSQL it is an
    /// advisory lock that a transaction holds, so a connection pooler in between does no harm; a SQLite installation is one process and need not wait.
    /// </summary>
    public static async Task<IAsyncDisposable> TakeTurnAsync(this IServiceProvider services, string name)
    {
        var db = await services.GetRequiredService<IDbContextFactory<Db>>().CreateDbContextAsync();
        if (!db.Database.IsNpgsql()) return db;
        var turn = new Turn(db, await db.Database.BeginTransactionAsync());
        try
        {
            // Whoever waits here waits for a migration of another process: as long as that takes.
            db.Database.SetCommandTimeout(TimeSpan.FromMinutes(30));
            await db.Database.ExecuteSqlRawAsync("SET LOCAL idle_in_transaction_session_timeout = 0"); // it does nothing but hold the turn
            await db.Database.ExecuteSqlRawAsync("SELECT pg_advisory_xact_lock({0})", Key(name));
            return turn;
        }
        catch
        {
            await turn.DisposeAsync();
            throw;
        }
    }

    /// <summary>The advisory lock of a turn.</summary>
    internal static long Key(string name) => BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes("plenary." + name)));

    private sealed class Turn(Db db, IDbContextTransaction transaction) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync();
            db.Database.SetCommandTimeout(null);
            await db.DisposeAsync();
        }
    }
}
