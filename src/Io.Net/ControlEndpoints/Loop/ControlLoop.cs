using System.ComponentModel;
using Microsoft.Extensions.Logging;
using RtpProxy.Io.Net.Engines.Mail;
using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Net.ControlEndpoints.Loop;

/// <summary>
/// The one thread that serves all control sockets, but for standard input: it receives, lets the protocol begin the command,
/// and writes the replies of connections. Nothing on it blocks, and every part of a turn is bounded:
/// <code>
/// wait → sockets that are ready → timers → mail (replies of workers) → connections that have more to say
/// </code>
/// </summary>
/// <remarks>Owned by its thread, but for <see cref="Post"/>, <see cref="Start"/> and <see cref="Stop"/>.</remarks>
internal sealed class ControlLoop : IDisposable
{
    private const int MaxEventsPerTurn = 64;
    private const int MaxLettersPerTurn = 64;
    private const int MailTag = -1;
    private const int AtOnce = 0;
    private const int WithoutLimit = -1;

    private readonly EpollSet _epoll = new();
    private readonly EpollSet _mailOnly = new();
    private readonly Mailbox _mailbox = new();
    private readonly List<ILoopSocket?> _sockets = [];
    private readonly Stack<int> _freePlaces = new();
    private readonly ILogger _logger;
    private Queue<ILoopSocket> _again = new();
    private Queue<ILoopSocket> _turnsAgain = new();
    private Thread? _thread;
    private volatile bool _isStopping;
    private volatile bool _isHeld;

    /// <exception cref="Win32Exception">The process may open no more descriptors.</exception>
    public ControlLoop(ILogger logger)
    {
        _logger = logger;
        foreach (EpollSet set in (EpollSet[])[_epoll, _mailOnly])
        {
            Errno errno = set.Add(_mailbox.Descriptor, MailTag);
            if (errno != Errno.None)
            {
                throw new Win32Exception((int)errno);
            }
        }
    }

    /// <summary>Those that are set.</summary>
    internal HashSet<LoopTimer> Timers { get; } = [];

    public void Start()
    {
        _thread = new Thread(Run) { Name = "control", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Ends the thread after the turn it is in, and waits for that. May be called twice.</summary>
    public void Stop()
    {
        _isStopping = true;
        _mailbox.Nudge();
        _thread?.Join();
        _mailbox.Close();
    }

    /// <summary>
    /// Whether sockets are left alone: what comes waits in the kernel. Connections go on with the commands that they have read,
    /// and replies leave. Thread-safe.
    /// </summary>
    public bool IsHeld
    {
        get => _isHeld;
        set
        {
            _isHeld = value;
            _mailbox.Nudge();
        }
    }

    /// <summary>On the loop's thread: connections have read more commands than they have begun.</summary>
    public bool HasMoreToDo => _again.Count > 0 || _turnsAgain.Count > 0;

    /// <summary>Thread-safe, never blocks. What comes when the loop has ended is dropped.</summary>
    public void Post(LoopLetter letter) => _mailbox.TryPost(letter);

    /// <summary>Watches a socket for input.</summary>
    /// <returns>Its tag; null if the system watches no more sockets now.</returns>
    public int? TryWatch(ILoopSocket socket)
    {
        if (!_freePlaces.TryPop(out int tag))
        {
            tag = _sockets.Count;
            _sockets.Add(null);
        }

        if (_epoll.Add(socket.Descriptor, tag) != Errno.None)
        {
            _freePlaces.Push(tag);
            return null;
        }

        _sockets[tag] = socket;
        return tag;
    }

    /// <summary>Looks no more at a socket. It is still open: a descriptor that others share would else stay behind in the set.</summary>
    public void Unwatch(ILoopSocket socket, int tag)
    {
        _epoll.Remove(socket.Descriptor);
        _sockets[tag] = null;
        _freePlaces.Push(tag);
    }

    /// <summary>Waits until a watched socket takes more output, and not for input; or the other way round.</summary>
    public void WatchFor(ILoopSocket socket, int tag, bool output) => _epoll.WatchFor(socket.Descriptor, tag, output);

    /// <summary>Calls the socket again when the others have had their turn.</summary>
    public void CallAgain(ILoopSocket socket) => _again.Enqueue(socket);

    public void Dispose()
    {
        Stop();
        _epoll.Dispose();
        _mailOnly.Dispose();
        _mailbox.Dispose();
    }

    private void Run()
    {
        using var events = new EpollEventBuffer(MaxEventsPerTurn);
        while (!_isStopping)
        {
            try
            {
                Turn(events);
            }
#pragma warning disable CA1031 // A defect costs what it shows on, nothing else.
            catch (Exception defect)
#pragma warning restore CA1031
            {
                Log.ControlLoopFault(_logger, defect);
                Thread.Sleep(1); // should it return with every turn, at least it does not take the processor
            }
        }
    }

    private void Turn(EpollEventBuffer events)
    {
        int count = (_isHeld ? _mailOnly : _epoll).Wait(events, Patience());
        _mailbox.WakeUp();
        for (int i = 0; i < count; i++)
        {
            int tag = events.TagAt(i);
            if (tag == MailTag)
            {
                _mailbox.ClearSignal();
            }
            else if (_sockets[tag] is { } socket)
            {
                // Should the place be in use again since the event was made, then there is nothing to read, or there is.
                Call(socket);
            }
        }

        FireTimers();
        for (int i = 0; i < MaxLettersPerTurn && _mailbox.TryTakeLetter(out Letter? letter); i++)
        {
            ((LoopLetter)letter).Open();
        }

        (_again, _turnsAgain) = (_turnsAgain, _again);
        while (_turnsAgain.TryDequeue(out ILoopSocket? socket))
        {
            Call(socket);
        }
    }

    private static void Call(ILoopSocket socket)
    {
        try
        {
            socket.OnReady();
        }
#pragma warning disable CA1031 // As above.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            socket.OnDefect(defect);
        }
    }

    private int Patience()
    {
        bool maySleep = _mailbox.TryFallAsleep() && _again.Count == 0 && !_isStopping;
        if (!maySleep || Timers.Count == 0)
        {
            return maySleep ? WithoutLimit : AtOnce;
        }

        return (int)Math.Clamp(Timers.Min(timer => timer.DueAt) - Environment.TickCount64, AtOnce, int.MaxValue);
    }

    private void FireTimers()
    {
        if (Timers.Count == 0)
        {
            return;
        }

        long now = Environment.TickCount64;
        foreach (LoopTimer timer in Timers.Where(timer => timer.DueAt <= now).ToList())
        {
            // One may clear the next.
            if (Timers.Remove(timer))
            {
                timer.Fire();
            }
        }
    }
}
