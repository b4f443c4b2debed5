using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Orleans.Runtime;

namespace Plenary.Platform.Cluster;

/// <summary>One process of a cluster, or one that was: a row of the member list.</summary>
internal sealed class ClusterMember
{
    /// <summary>Of the cluster; several may share a database.</summary>
    public required string ClusterId { get; init; }

    /// <summary>Address, port and the moment of the start, as Orleans writes them: a process that starts again is another member.</summary>
    public required string Address { get; init; }

    public required string Name { get; init; }

    public required string Host { get; init; }

    /// <summary>Where Orleans clients outside the cluster would connect; 0 for none.</summary>
    public int ProxyPort { get; init; }

    public SiloStatus Status { get; set; }

    public DateTimeOffset StartedAt { get; init; }

    /// <summary>The member's latest sign of life. Changes neither the row's nor the list's version.</summary>
    public DateTimeOffset AliveAt { get; set; }

    /// <summary>Who believes it dead and since when: <c>address,ticks|address,ticks</c>.</summary>
    public string Suspicions { get; set; } = "";

    /// <summary>Raised with every change: the row's etag.</summary>
    public int Revision { get; set; }

    /// <summary>The latest that is known of it, for <see cref="IMembershipTable.CleanupDefunctSiloEntries"/>.</summary>
    public DateTimeOffset KnownAt => Suspected().Select(s => new DateTimeOffset(s.Item2)).Append(StartedAt).Append(AliveAt).Max();

    /// <param name="cluster">Its cluster.</param>
    /// <param name="entry">As a process says it, by that process's clock.</param>
    /// <param name="ahead">How far that clock is ahead of the database's, in which times are kept.</param>
    public static ClusterMember From(string cluster, MembershipEntry entry, TimeSpan ahead) => new()
    {
        ClusterId = cluster,
        Address = entry.SiloAddress.ToParsableString(),
        Name = entry.SiloName,
        Host = entry.HostName,
        ProxyPort = entry.ProxyPort,
        Status = entry.Status,
        StartedAt = Utc(entry.StartTime) - ahead,
        AliveAt = Utc(entry.IAmAliveTime) - ahead,
        Suspicions = string.Join('|', (entry.SuspectTimes ?? []).Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Item1.ToParsableString()},{(s.Item2 - ahead).Ticks}"))),
    };

    /// <param name="ahead">How far the clock of whoever reads it is ahead of the database's.</param>
    public MembershipEntry ToEntry(TimeSpan ahead) => new()
    {
        SiloAddress = SiloAddress.FromParsableString(Address),
        SiloName = Name,
        HostName = Host,
        ProxyPort = ProxyPort,
        Status = Status,
        StartTime = (StartedAt + ahead).UtcDateTime,
        IAmAliveTime = (AliveAt + ahead).UtcDateTime,
        SuspectTimes = Suspected().ConvertAll(s => Tuple.Create(s.Item1, s.Item2 + ahead)),
    };

    // Orleans' times are UTC, whether they say so or not.
    internal static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));

    private List<Tuple<SiloAddress, DateTime>> Suspected() => Suspicions.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(s => s.Split(','))
        .Select(s => Tuple.Create(SiloAddress.FromParsableString(s[0]), new DateTime(long.Parse(s[1], CultureInfo.InvariantCulture), DateTimeKind.Utc))).ToList();

    internal sealed class Mapping : IEntityTypeConfiguration<ClusterMember>
    {
        public void Configure(EntityTypeBuilder<ClusterMember> builder)
        {
            builder.ToTable("ClusterMembers");
            builder.HasKey(m => new { m.ClusterId, m.Address });
            builder.HasOne<ClusterVersion>().WithMany().HasForeignKey(m => m.ClusterId);
            builder.Property(m => m.ClusterId).HasMaxLength(64);
            builder.Property(m => m.Address).HasMaxLength(128);
            builder.Property(m => m.Name).HasMaxLength(256);
            builder.Property(m => m.Host).HasMaxLength(256);
            builder.Property(m => m.Status).HasConversion<string>().HasMaxLength(16);
            builder.Ignore(m => m.KnownAt);
        }
    }
}

/// <summary>The version of a cluster's member list: every change of a member raises it, so changes have one order that all members agree on.</summary>
internal sealed class ClusterVersion
{
    public required string ClusterId { get; init; }

    public int Version { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<ClusterVersion>
    {
        public void Configure(EntityTypeBuilder<ClusterVersion> builder)
        {
            builder.ToTable("ClusterVersions");
            builder.HasKey(v => v.ClusterId);
            builder.Property(v => v.ClusterId).HasMaxLength(64);
            builder.Property(v => v.Version).ValueGeneratedNever();
        }
    }
}
