using Plenary.Platform;

namespace Plenary.Tables;

/// <summary>What the operator says about tables.</summary>
internal sealed class TableSettings(IConfiguration configuration)
{
    /// <summary>How long a seat is kept for somebody whose last connection to the room is lost.</summary>
    public TimeSpan KeepSeat { get; } = TimeSpan.FromSeconds(Settings.Number(configuration, "Tables:KeepSeatSeconds", 60, 1, 3600));
}
