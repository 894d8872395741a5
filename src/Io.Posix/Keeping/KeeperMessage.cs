namespace RtpProxy.Io.Posix.Keeping;

/// <summary>What a keeper says to a relay (ADR 22).</summary>
internal abstract record KeeperMessage
{
    private KeeperMessage()
    {
    }

    /// <summary>These are yours now; their descriptors come with this, in the same order.</summary>
    public sealed record Inherit(IReadOnlyList<(string Name, int Descriptors)> Items) : KeeperMessage
    {
        public bool Equals(Inherit? other) => other is not null && Items.SequenceEqual(other.Items);

        public override int GetHashCode() => Items.Count;
    }

    /// <summary>These are not any more.</summary>
    public sealed record Forget(IReadOnlyList<string> Names) : KeeperMessage
    {
        public bool Equals(Forget? other) => other is not null && Names.SequenceEqual(other.Names);

        public override int GetHashCode() => Names.Count;
    }

    /// <summary>All that was held has been passed on: start.</summary>
    /// <param name="Deaths">How many relays have died.</param>
    public sealed record Begin(RelayStart Start, int Deaths) : KeeperMessage;

    /// <summary>The other one stands still, and what has changed since was passed on: read.</summary>
    public sealed record Go : KeeperMessage;

    /// <summary>Stop reading, write what has changed, say so.</summary>
    public sealed record Freeze : KeeperMessage;

    /// <summary>Go on as if nothing had been asked.</summary>
    public sealed record Thaw : KeeperMessage;

    /// <summary>End without a word to anybody: another goes on.</summary>
    public sealed record End : KeeperMessage;

    /// <summary>End, and every session with you.</summary>
    /// <param name="Signal">That the keeper got.</param>
    /// <param name="IsHurried">It is the second.</param>
    public sealed record Stop(int Signal, bool IsHurried) : KeeperMessage;

    /// <summary>Take no new sessions, and end with the last one.</summary>
    public sealed record Drain : KeeperMessage;

    /// <summary>How an upgrade went that was asked for.</summary>
    public sealed record Told(bool IsDone, string Text) : KeeperMessage;

    /// <summary>Send all that is held anew: what was known of it is lost.</summary>
    public sealed record HoldAgain : KeeperMessage;
}
