using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Database;
using Plenary.Platform.Text;

namespace Plenary.Networking.Directory;

/// <summary>An entry that a search found.</summary>
/// <param name="Id">Of the <see cref="DirectoryEntry"/>.</param>
/// <param name="Rank">The lower, the better it fits: a name more than a tag, a tag more than a headline, that more than a sentence.</param>
internal sealed record SearchHit(long Id, double Rank);

/// <summary>Looks for people by words (<see cref="SearchWords"/>).</summary>
internal static class PeopleSearch
{
    /// <summary>Of the text; what is beyond is left out.</summary>
    public const int Longest = SearchWords.Longest;

    /// <summary>
    /// The entries that match, to be joined with those that the viewer may see; null when the text has no words. Ranked by BM25 on SQLite
    /// (S. Robertson, H. Zaragoza, The Probabilistic Relevance Framework, 2009) and by ts_rank on PostgreSQL.
    /// </summary>
    public static IQueryable<SearchHit>? Hits(Db db, string? text)
    {
        if (db.Database.IsNpgsql())
            return SearchWords.ForPostgres(text) is not { } query ? null : db.Database.SqlQuery<SearchHit>($"""
                SELECT e."Id", -ts_rank(e."Search", q)::double precision AS "Rank" FROM "DirectoryEntries" e, to_tsquery('simple', {query}) q WHERE e."Search" @@ q
                """);
        // LIMIT -1 has SQLite look the words up once, instead of once for each person that they are compared with.
        return SearchWords.ForSqlite(text) is not { } phrases ? null : db.Database.SqlQuery<SearchHit>($"""
            SELECT rowid AS "Id", bm25("DirectorySearch", 10.0, 3.0, 5.0, 1.0) AS "Rank" FROM "DirectorySearch" WHERE "DirectorySearch" MATCH {phrases} LIMIT -1
            """);
    }
}
