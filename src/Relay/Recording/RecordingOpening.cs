using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Recording;

/// <summary>
/// Files on their way: opened off the worker by the first of the commands that wait for them, and shared by all of them, so that
/// two commands never open the same name. The last to come back closes what nobody writes to.
/// </summary>
/// <remarks><see cref="Open"/> may run on several threads at once; all the rest belongs to the worker.</remarks>
internal sealed class RecordingOpening(Session session, Side party, RecordingNames names, RecordingMode mode, Func<OpenFiles?> open)
{
    private readonly Lazy<OpenFiles?> _files = new(open);
    private int _waiting;

    /// <summary>Opens the files, or waits until another command has. May block.</summary>
    public void Open() => _ = _files.Value;

    /// <summary>What was opened; null if it could not be. Only after <see cref="Open"/>.</summary>
    public OpenFiles? Files => _files.Value;

    /// <summary>Whether a recording of these names and kind would write to these files.</summary>
    public bool IsFor(Side otherParty, in RecordingNames otherNames, in RecordingMode otherMode) =>
        names == otherNames && mode == otherMode && (mode.IsSingle || party == otherParty);

    /// <summary>One more command waits for the files.</summary>
    public void Join()
    {
        if (_waiting++ == 0)
        {
            session.Openings.Add(this);
        }
    }

    /// <summary>A command has come back with the files, and has begun to write or not.</summary>
    public void Leave()
    {
        if (--_waiting == 0)
        {
            session.Openings.Remove(this);
            Files?.Release();
        }
    }
}
