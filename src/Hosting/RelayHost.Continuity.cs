using RtpProxy.Hosting.Keeping;
using RtpProxy.Io.Net.Ports;
using RtpProxy.Io.Posix.Keeping;

namespace RtpProxy.Hosting;

/// <content>How another process goes on where this one is, and this one where another was (ADR 22).</content>
public sealed partial class RelayHost
{
    private const int PairsOfSession = 2;
    private const int PortsOfPair = 2;

    private bool _isPrepared;
    private bool _isUnkeptTold;

    /// <summary>
    /// Does all that can be done while the process before this one still relays: after it <see cref="Start"/> takes milliseconds.
    /// To be called after <see cref="OpenControlSockets"/>, once.
    /// </summary>
    /// <returns>Why the relay cannot start, as one plain sentence; null if it can.</returns>
    /// <exception cref="IOException">A file for call records cannot be opened.</exception>
    public string? Prepare()
    {
        if (_options.Continuity is { } continuity)
        {
            CollectionPause.TryBegin(_inheritance.AdoptAll(continuity.Legacies) / PairsOfSession);
        }

        if (_kept?.Prepare(_workers, _inheritance) is { } fault)
        {
            return fault;
        }

        // After a death there are calls that nobody relays, which records are not to cost.
        _audience.OpenFiles(areNeeded: _options.Continuity is not { Start: RelayStart.AfterDeath });
        _isPrepared = true;
        return null;
    }

    /// <summary>
    /// What the process before this one does meanwhile is followed, so that little is left to do when it stands still. Between
    /// <see cref="Prepare"/> and <see cref="Start"/>, again and again.
    /// </summary>
    /// <returns>It has done something: there may be more of it.</returns>
    public bool LookAhead()
    {
        Array.ForEach(_engines, engine => engine.ForgetArrivals());
        return _kept?.LookAhead() == true;
    }

    /// <summary>
    /// Stands still, so that another process can go on with all that this one does: commands that are under way come to their end,
    /// no other is read, no packet is read or sent, and all that is known is kept. What comes waits in the kernel.
    /// </summary>
    /// <returns>False, and all goes on, when that takes longer than <paramref name="patience"/>.</returns>
    public async Task<bool> FreezeAsync(TimeSpan patience)
    {
        if (!await _standstill.TryReachAsync(
            (worker, now) => worker.KeepAll(now), worker => _kept?.TakeBack(worker), meanwhile: _control.SaveReplies, patience).ConfigureAwait(false))
        {
            _control.LetGoOfReplies();
            return false;
        }

        await _control.HandOverAsync().ConfigureAwait(false);
        if (_recordings.TryFlush(patience))
        {
            Admin?.Pause();
            _kept?.LetGo();
            return true;
        }

        Thaw();
        return false;
    }

    /// <summary>Goes on as if nothing had been asked.</summary>
    public void Thaw()
    {
        _kept?.Claim();
        _control.TakeBack();
        _control.LetGoOfReplies();
        _standstill.Release();
        Admin?.GoOn();
    }

    /// <summary>
    /// In a standstill, where nobody can say any more who is to go on: of this process and the one that was to follow it, the first
    /// that asks.
    /// </summary>
    public bool TryClaim() => _kept?.TryClaim() != false;

    /// <summary>Goes on where the process before this one was, if there was one.</summary>
    private void GoOn()
    {
        _kept?.Restore(_workers);
        _inheritance.CloseRest();
        _operations.GoOnAfter(_workers);
    }

    /// <summary>Once a second: what nobody goes on with is not kept for the next one either, and what cannot be kept is told.</summary>
    private void LookAfterKeeping()
    {
        if (_options.Continuity is not { } continuity)
        {
            return;
        }

        CollectionPause.End();
        continuity.Legacies.TryLetGo(KeptPorts.Prefix, continuity.Keeper);
        _keptSockets!.CloseRest(); // connections have been adopted by now
        _keptSockets.TellWaiting();
        int unkept = _workers.Sum(worker => worker.Unkept);
        if (unkept > 0 && !_isUnkeptTold)
        {
            Log.SessionsUnkept(_logger, unkept);
        }

        _isUnkeptTold = unkept > 0;
    }
}
