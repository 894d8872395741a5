using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Recording;

/// <summary>
/// Files on their way: opened off the worker by the first of the commands that wait for them, and shared by all of them, so that
/// two commands never open the same name. With the last to come back, files that nobody writes to are closed.
/// </summary>
/// <remarks><see cref="Open"/> may run on several threads at once; all the rest belongs to the worker.</remarks>
internal sealed class RecordingOpening(SessionId session, Side party, RecordingNames names, RecordingMode mode, Func<OpenFiles?> open)
{
    private readonly Lazy<OpenFiles?> _files = new(open);

    /// <summary>Those who wait for the files, and have not come back with them.</summary>
    public List<PendingId> Waiting { get; } = [];

    public bool IsSingle => mode.IsSingle;

    /// <summary>Opens the files, or waits until another command has. May block.</summary>
    public void Open() => _ = _files.Value;

    /// <summary>What was opened; null if it could not be. Only after <see cref="Open"/>.</summary>
    public OpenFiles? Files => _files.Value;

    /// <summary>Whether a recording of these names and kind would write to these files.</summary>
    public bool IsFor(Leg leg, in RecordingNames otherNames, in RecordingMode otherMode) =>
        session == leg.Session.Id && names == otherNames && mode == otherMode && (mode.IsSingle || party == leg.Side);

    /// <summary>Whether this is one of the files; none is while they are not open.</summary>
    public bool Has(IRecordingFile file) => _files is { IsValueCreated: true, Value: { } files } && files.Has(file);
}
