using RtpProxy.Relay.Recording;

namespace RtpProxy.Relay.Sessions;

/// <summary>
/// What commands went away from a worker for, to open files or to ask for an address, and what is kept for them until they are
/// back. Sessions know it by number alone: who comes back finds out by that whether it is still wanted.
/// </summary>
/// <remarks>
/// Belongs to the thread of one worker and may outlive it, as the commands do. What a session waits for that is not in here
/// will never come.
/// </remarks>
public sealed class PendingWork
{
    private readonly HashSet<PendingId> _underWay = [];
    private readonly List<RecordingOpening> _openings = [];
    private readonly List<IRecordingFile> _keptOpen = [];
    private readonly Dictionary<SessionId, int> _forkPlaces = [];
    private long _last;

    /// <summary>The command that went away last.</summary>
    internal PendingId Last => new(_last);

    /// <summary>A command goes away.</summary>
    internal PendingId Begin()
    {
        var id = new PendingId(++_last);
        _underWay.Add(id);
        return id;
    }

    /// <summary>It is back.</summary>
    internal void End(PendingId id) => _underWay.Remove(id);

    internal bool IsUnderWay(PendingId id) => _underWay.Contains(id);

    /// <summary>Files on their way that somebody waits for.</summary>
    internal RecordingOpening? FindOpening(PendingId waiting) => _openings.Find(o => o.Waiting.Contains(waiting));

    /// <summary>Files on their way that a recording of these names and kind would write to.</summary>
    internal RecordingOpening? FindOpening(Leg party, in RecordingNames names, in RecordingMode mode)
    {
        foreach (RecordingOpening opening in _openings)
        {
            if (opening.IsFor(party, names, mode))
            {
                return opening;
            }
        }

        return null;
    }

    /// <summary>One more waits for files on their way.</summary>
    internal void Join(RecordingOpening opening, PendingId waiting)
    {
        if (opening.Waiting.Count == 0)
        {
            _openings.Add(opening);
        }

        opening.Waiting.Add(waiting);
    }

    /// <summary>One of those that waited has come back with the files. True if it was the last.</summary>
    internal bool Leave(RecordingOpening opening, PendingId waiting)
    {
        opening.Waiting.Remove(waiting);
        return opening.Waiting.Count == 0 && _openings.Remove(opening);
    }

    /// <summary>A file that is being written stays open until <see cref="Release"/>, whoever stops writing meanwhile.</summary>
    internal void KeepOpen(IRecordingFile file) => _keptOpen.Add(file);

    internal void Release(IRecordingFile file) => _keptOpen.Remove(file);

    /// <summary>Whether somebody who is away may still want to write to a file.</summary>
    internal bool MayWriteTo(IRecordingFile file) => _keptOpen.Contains(file) || _openings.Exists(o => o.Has(file));

    /// <summary>Keeps a place at a session for a fork that is about to begin. False when all are taken or kept.</summary>
    internal bool TryKeepForkPlace(Session source)
    {
        int kept = _forkPlaces.GetValueOrDefault(source.Id);
        if (source.Forks.Length + kept >= Session.MaxForks)
        {
            return false;
        }

        _forkPlaces[source.Id] = kept + 1;
        return true;
    }

    /// <summary>A place that was kept is free again, or taken.</summary>
    internal void ReleaseForkPlace(in SessionId source)
    {
        if (_forkPlaces.TryGetValue(source, out int kept) && kept > 1)
        {
            _forkPlaces[source] = kept - 1;
        }
        else
        {
            _forkPlaces.Remove(source);
        }
    }

    /// <summary>The session is gone.</summary>
    internal void ForgetForkPlaces(in SessionId source) => _forkPlaces.Remove(source);
}
