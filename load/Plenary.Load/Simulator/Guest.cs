namespace Plenary.Load.Simulator;

/// <summary>What somebody at a Cocktail Party knows of it. Times are the server's clock, in Unix milliseconds.</summary>
internal sealed class Guest
{
    public int Version { get; set; }

    public string Phase { get; set; } = "";

    public int Round { get; set; }

    /// <summary>When the phase ends; 0 while it does not end by itself.</summary>
    public long Until { get; set; }

    /// <summary>When the card of this round was due.</summary>
    public long CardDue { get; set; }

    /// <summary>The round for which the person was told whom they meet, or that they wait.</summary>
    public int ToldOf { get; set; }

    /// <summary>The meeting, which is its call's id too.</summary>
    public string? Meeting { get; set; }

    /// <summary>This stay in the call.</summary>
    public string Peer { get; set; } = "";

    /// <summary>The other in the call, once seen.</summary>
    public string? Other { get; set; }

    /// <summary>The way between them stands, as far as signals make it.</summary>
    public bool Connected { get; set; }
}
