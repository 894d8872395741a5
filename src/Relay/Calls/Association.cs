namespace RtpProxy.Relay.Calls;

/// <summary>Two parties that exchange media (ng protocol). Immutable; replaced whole.</summary>
/// <param name="Number">In its call, for its life; later ones have higher numbers.</param>
/// <param name="Caller">The number of the party that offered first: the caller of the sessions.</param>
/// <param name="Callee">The number of the other.</param>
/// <param name="IsAnswered">There was an answer.</param>
/// <param name="Pending">The last offer, while it is not answered.</param>
public sealed record Association(int Number, int Caller, int Callee, bool IsAnswered = false, PendingOffer? Pending = null)
{
    /// <summary>The other party's offer, which was not answered either when the last one came: it may still be, where the last one is not.</summary>
    public PendingOffer? Crossed { get; init; }

    /// <summary>
    /// The last offer that was answered, where the caller has other branches, whose offers may have said something else since: who answers
    /// again, as with 183 and 200, answers this one. Null elsewhere.
    /// </summary>
    public PendingOffer? Taken { get; init; }

    /// <summary>What the protocol in front keeps of what the caller was told; nobody here looks into it.</summary>
    public byte[] ToldToCaller { get; init; } = [];

    /// <summary>And of what the callee was told.</summary>
    public byte[] ToldToCallee { get; init; } = [];

    /// <summary>The party is one of the two.</summary>
    public bool Has(int party) => Caller == party || Callee == party;

    /// <summary>Where a party of it is.</summary>
    public Side SideOf(int party) => party == Caller ? Side.Caller : Side.Callee;

    internal Association Offered(PendingOffer offer) => this with
    {
        Pending = offer,
        Crossed = Pending is { } other && other.Offerer != offer.Offerer ? other : Crossed,
    };

    internal int PartyAt(Side side) => side == Side.Caller ? Caller : Callee;

    internal byte[] ToldTo(Side side) => side == Side.Caller ? ToldToCaller : ToldToCallee;

    internal Association Telling(Side side, byte[] told) =>
        side == Side.Caller ? this with { ToldToCaller = told } : this with { ToldToCallee = told };
}
