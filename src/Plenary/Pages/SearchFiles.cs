using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Database;

namespace Plenary.Pages;

/// <summary><c>/robots.txt</c> and <c>/sitemap.xml</c>: what search engines may look at, and where it is.</summary>
internal static class SearchFiles
{
    private const int MostEvents = 5000;

    public static void MapSearchFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet("/robots.txt", (PublicUrl site) => Results.Text($"""
            User-agent: *
            Disallow: /account
            Disallow: /graphql
            Disallow: /j/
            Disallow: /mailbox
            Disallow: /organize
            Disallow: /setup/
            Disallow: /sign-in
            Sitemap: {site.Link("/sitemap.xml")}

            """, "text/plain"));
        app.MapGet("/sitemap.xml", async (HttpContext http, IDbContextFactory<Db> dbs, PublicUrl site) =>
        {
            await using var db = await dbs.CreateDbContextAsync(http.RequestAborted);
            var slugs = await db.Set<Event>().Where(e => e.Status == EventStatus.Published || e.Status == EventStatus.Ended)
                .OrderByDescending(e => e.StartsAt).Select(e => e.Slug).Take(MostEvents).ToListAsync(http.RequestAborted);
            var map = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
            foreach (var slug in slugs.Prepend(null))
                map.Append(CultureInfo.InvariantCulture, $"<url><loc>{Shell.Text(site.Link(slug is null ? "/" : "/e/" + slug))}</loc></url>\n");
            return Results.Text(map.Append("</urlset>\n").ToString(), "application/xml");
        });
    }
}
