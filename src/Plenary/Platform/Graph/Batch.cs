using GraphQL;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Database;

namespace Plenary.Platform.Graph;

/// <summary>
/// Gathers the keys that sibling fields ask for and loads them in one query. The executer awaits deferred results only when every
/// ready field has run, so by the first await all keys of that level are known.
/// </summary>
public sealed class Batch<TKey, T>(Func<IReadOnlyCollection<TKey>, CancellationToken, Task<ILookup<TKey, T>>> load) where TKey : notnull
{
    private Level open = new([]);

    /// <summary>Everything of this key; empty when there is nothing.</summary>
    public IDataLoaderResult<IReadOnlyList<T>> Many(TKey key) => new Pending<IReadOnlyList<T>>(this, Join(key), found => [.. found[key]]);

    /// <summary>The one of this key, or null.</summary>
    public IDataLoaderResult<T?> One(TKey key) => new Pending<T?>(this, Join(key), found => found[key].FirstOrDefault());

    private Level Join(TKey key)
    {
        lock (this)
        {
            if (open.Loading is not null) open = new([]); // an earlier level was loaded; this is a new one
            open.Keys.Add(key);
            return open;
        }
    }

    private Task<ILookup<TKey, T>> Fetch(Level level, CancellationToken cancellation)
    {
        lock (this) return level.Loading ??= load(level.Keys, cancellation);
    }

    private sealed class Level(HashSet<TKey> keys)
    {
        public HashSet<TKey> Keys { get; } = keys;

        public Task<ILookup<TKey, T>>? Loading { get; set; }
    }

    private sealed class Pending<TResult>(Batch<TKey, T> batch, Level level, Func<ILookup<TKey, T>, TResult> pick) : IDataLoaderResult<TResult>
    {
        public async Task<TResult> GetResultAsync(CancellationToken cancellationToken = default) => pick(await batch.Fetch(level, cancellationToken));

        async Task<object?> IDataLoaderResult.GetResultAsync(CancellationToken cancellationToken) => await GetResultAsync(cancellationToken);
    }
}

/// <summary>Batches of one request.</summary>
public static class BatchExtensions
{
    /// <summary>
    /// The one batch of this name in this request, made on first use. <paramref name="rows"/> runs one query on a context of its own:
    /// <c>context.Batch("speakersBySession", (db, keys) =&gt; db.Set&lt;…&gt;().Where(x =&gt; keys.Contains(x.SessionId)), x =&gt; x.SessionId)</c>.
    /// </summary>
    public static Batch<TKey, T> Batch<TKey, T>(this IResolveFieldContext context, string name, Func<Db, IReadOnlyCollection<TKey>, IQueryable<T>> rows, Func<T, TKey> keyOf)
        where TKey : notnull where T : class
    {
        var bag = context.UserContext;
        lock (bag)
        {
            if (bag.TryGetValue(name, out var found)) return (Batch<TKey, T>)found!;
            var dbs = context.RequestServices!.GetRequiredService<IDbContextFactory<Db>>();
            var batch = new Batch<TKey, T>(async (keys, cancellation) =>
            {
                await using var db = await dbs.CreateDbContextAsync(cancellation);
                return (await rows(db, keys).AsNoTracking().ToListAsync(cancellation)).ToLookup(keyOf);
            });
            bag[name] = batch;
            return batch;
        }
    }

    /// <summary>The same deferred result, changed once it is there.</summary>
    public static IDataLoaderResult<TNew> Then<T, TNew>(this IDataLoaderResult<T> result, Func<T, TNew> change) =>
        new Changed<T, TNew>(result, (found, _) => Task.FromResult(change(found)));

    /// <summary>The same, where the change itself has to wait for something.</summary>
    public static IDataLoaderResult<TNew> ThenAsync<T, TNew>(this IDataLoaderResult<T> result, Func<T, CancellationToken, Task<TNew>> change) =>
        new Changed<T, TNew>(result, change);

    private sealed class Changed<T, TNew>(IDataLoaderResult<T> result, Func<T, CancellationToken, Task<TNew>> change) : IDataLoaderResult<TNew>
    {
        public async Task<TNew> GetResultAsync(CancellationToken cancellationToken = default) =>
            await change(await result.GetResultAsync(cancellationToken), cancellationToken);

        async Task<object?> IDataLoaderResult.GetResultAsync(CancellationToken cancellationToken) => await GetResultAsync(cancellationToken);
    }
}
