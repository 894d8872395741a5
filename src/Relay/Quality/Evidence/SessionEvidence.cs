namespace RtpProxy.Relay.Quality.Evidence;

/// <summary>What commands did to a session, and what was said of it. Plain data.</summary>
internal struct SessionEvidence
{
    /// <summary>Both parties have had a port since.</summary>
    public Instant CompleteAt;

    /// <summary>The last two offers and answers.</summary>
    public CommandEvidence Last;

    public CommandEvidence Earlier;

    /// <summary>There was an offer after the call was complete.</summary>
    public bool IsReoffered;

    /// <summary>What is the matter, as the worker found out in its last look.</summary>
    public Verdict Verdict;

    /// <summary>What was told of that last, when, and how often.</summary>
    public Verdict Told;

    public Instant ToldAt;

    public uint TimesTold;

    /// <summary>An offer or answer in the name of a party was carried out.</summary>
    public void OnCommand(SignalledBy by, Side speaker, Instant now)
    {
        IsReoffered |= by == SignalledBy.Offer && CompleteAt != default && CompleteAt != now;
        Earlier = Last;
        Last = new CommandEvidence { By = by, Of = speaker, At = now, IsOfSetUp = !IsReoffered };
    }
}
