namespace RtpProxy.Protocols.Ng.Requests;

/// <summary>How a command names a party (ng protocol, 3.7).</summary>
public enum PartySelector
{
    /// <summary>Not at all: for blocking and silencing the whole call.</summary>
    None,

    /// <summary>Flag <c>all</c>, or <c>all: all</c>: the whole call, and every party of it.</summary>
    All,

    /// <summary>By its tag.</summary>
    Tag,

    /// <summary>By its label.</summary>
    Label,

    /// <summary>By the address of its session description.</summary>
    Address,
}
