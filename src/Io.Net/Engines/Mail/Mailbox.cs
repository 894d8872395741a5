using System.Diagnostics.CodeAnalysis;
using RtpProxy.Io.Posix.Interop;
using RtpProxy.Io.Posix.Queues;

namespace RtpProxy.Io.Net.Engines.Mail;

/// <summary>
/// What other threads want of a worker: letters (commands, which must arrive) and copies (forked media, which may be
/// lost), in two bounded queues so that a flood of copies never keeps a command out.
/// </summary>
/// <remarks>Posting is thread-safe and never blocks; taking belongs to the worker's thread.</remarks>
public sealed class Mailbox : IDisposable
{
    /// <summary>More than all control connections and datagrams in flight can have under way.</summary>
    private const int LetterCapacity = 4096;

    /// <summary>A quarter of a second of 40 forked calls.</summary>
    private const int CopyCapacity = 1024;

    private readonly BoundedQueue<Letter> _letters = new(LetterCapacity);
    private readonly BoundedQueue<Letter> _copies = new(CopyCapacity);
    private readonly WakeSignal _wake = new();
    private int _isAsleep;
    private volatile bool _isClosed;

    /// <summary>For the engine to watch: readable when somebody posted while the worker slept.</summary>
    internal int Descriptor => _wake.Descriptor;

    /// <summary>The worker has stopped: nothing will be read any more.</summary>
    public bool IsClosed => _isClosed;

    /// <summary>False if the queue is full or the worker has stopped.</summary>
    public bool TryPost(Letter letter) => TryPost(_letters, letter);

    /// <inheritdoc cref="TryPost(Letter)"/>
    internal bool TryPostCopy(Letter copy) => TryPost(_copies, copy);

    /// <summary>Wakes the worker without a letter.</summary>
    internal void Nudge() => _wake.Raise();

    /// <summary>Letters that have come so far, for the worker; those that are just being posted may be among them.</summary>
    internal int LettersWaiting => _letters.Count;

    internal bool TryTakeLetter([NotNullWhen(true)] out Letter? letter) => _letters.TryDequeue(out letter);

    internal bool TryTakeCopy([NotNullWhen(true)] out Letter? copy) => _copies.TryDequeue(out copy);

    /// <summary>From now on posting wakes. False if there is mail already: then do not sleep.</summary>
    internal bool TryFallAsleep()
    {
        // The exchange is a full fence: a writer either sees the worker asleep, or its letter is seen here.
        Interlocked.Exchange(ref _isAsleep, 1);
        return _letters.IsEmpty && _copies.IsEmpty;
    }

    internal void WakeUp() => Volatile.Write(ref _isAsleep, 0);

    /// <summary>Takes the signal back that woke the worker.</summary>
    internal void ClearSignal() => _wake.Clear();

    /// <summary>Refuses new mail and abandons what is left.</summary>
    internal void Close()
    {
        _isClosed = true;
        AbandonAll();
    }

    public void Dispose()
    {
        Close();
        _wake.Dispose();
    }

    private bool TryPost(BoundedQueue<Letter> queue, Letter letter)
    {
        if (_isClosed || !queue.TryEnqueue(letter))
        {
            return false;
        }

        // A full fence between the letter and the look at the sleeper, as in TryFallAsleep.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _isAsleep) == 1 && Interlocked.Exchange(ref _isAsleep, 0) == 1)
        {
            _wake.Raise();
        }

        if (_isClosed)
        {
            // Closed in between: whoever sees it last cleans up.
            AbandonAll();
        }

        return true;
    }

    private void AbandonAll()
    {
        while (_letters.TryDequeue(out Letter? letter) || _copies.TryDequeue(out letter))
        {
            letter.Abandon();
        }
    }
}
