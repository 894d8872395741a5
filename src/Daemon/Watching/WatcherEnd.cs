namespace RtpProxy.Daemon.Watching;

/// <summary>How one watcher ended.</summary>
/// <param name="Status">Its exit status; null if it could not be started at all.</param>
/// <param name="HasAsked">It served: it asks nothing before it does.</param>
/// <param name="Reason">Why, in its own words; null if it said none.</param>
/// <param name="How">In ours, for the log.</param>
internal sealed record WatcherEnd(int? Status, bool HasAsked, string? Reason, string How)
{
    // The statuses of rtpproxywatch (docs/watch.md).
    private const int CannotListen = 1;
    private const int WrongOptions = 2;

    /// <summary>Another one, with the same options, would end so as well, unless somebody else lets the address go.</summary>
    public bool IsForAddress => Status == CannotListen && !HasAsked;

    /// <summary>Any other, with the same options, would end so as well.</summary>
    public bool IsForOptions => Status == WrongOptions && !HasAsked;

    public override string ToString() => Reason is null ? How : $"{How}: {Reason}";
}
