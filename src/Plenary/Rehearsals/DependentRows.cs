using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Plenary.Platform.Database;

namespace Plenary.Rehearsals;

/// <summary>
/// Deletes rows with all that refers to them, whichever slice it belongs to: the model knows every foreign key, so what is added to it later is removed as well. Each table is a
/// statement and a transaction of its own, so that nobody else waits for long.
/// </summary>
internal sealed class DependentRows(Db db)
{
    /// <summary>Deletes those of these rows.</summary>
    /// <param name="where">The condition in SQL, with <c>{0}</c> for the value.</param>
    /// <param name="value">The value.</param>
    /// <param name="cancellation">Ends it between two statements.</param>
    public Task Delete<T>(string where, object value, CancellationToken cancellation) => Delete(db.Model.FindEntityType(typeof(T))!, where, value, [], cancellation);

    private async Task Delete(IEntityType type, string where, object value, HashSet<IEntityType> above, CancellationToken cancellation)
    {
        var table = Quoted(type.GetTableName()!);
        above.Add(type);
        foreach (var key in type.GetReferencingForeignKeys())
        {
            // A table that refers to itself is emptied by one statement, whose keys are checked at its end; what is owned stands in the row of its owner.
            var of = key.DeclaringEntityType;
            if (above.Contains(of) || of.IsOwned() || key.Properties is not [var column] || key.PrincipalKey.Properties is not [var principal]) continue;
            await Delete(of, $"{Quoted(column.GetColumnName())} IN (SELECT {Quoted(principal.GetColumnName())} FROM {table} WHERE {where})", value, above, cancellation);
        }
        above.Remove(type);
#pragma warning disable EF1002 // Names come from the model, the value is a parameter.
        await db.Database.ExecuteSqlRawAsync($"DELETE FROM {table} WHERE {where}", [value], cancellation);
#pragma warning restore EF1002
    }

    private static string Quoted(string name) => $"\"{name}\"";
}
