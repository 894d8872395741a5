using Microsoft.Extensions.Logging;
using RtpProxy.Io.Net.ControlEndpoints.Loop;
using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Net.ControlEndpoints;

/// <summary>
/// One accepted connection. Its commands are answered in order: the next one is looked at when the reply to the last one has
/// been taken, so a client that does not read delays only itself.
/// <code>
/// Reading → Busy → (Writing →) Reading … → (Leaving →) Closed
/// </code>
/// </summary>
/// <remarks>Owned by the control loop, but for the two ends of <see cref="IReplyTarget"/>.</remarks>
internal sealed unsafe class StreamConnection : ILoopSocket, IReplyTarget
{
    /// <summary>How long a connection may leave a reply untaken before it is closed.</summary>
    public static readonly TimeSpan ReplyPatience = TimeSpan.FromSeconds(30);

    // A reply that is ready when the daemon stops still leaves: the one to the D that ends a slow shutdown is always such a one.
    private static readonly TimeSpan ReplyPatienceWhenStopping = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan FarewellPatience = TimeSpan.FromMilliseconds(500);

    private const int MaxCommandsPerTurn = 16;
    private const int DiscardedAtOnce = 4096;

    private readonly FdHandle _socket;
    private readonly StreamEndpoint _endpoint;
    private readonly ICommandStream _commands;
    private readonly Framing _framing;
    private readonly bool _takesLeave;
    private readonly ControlLoop _loop;
    private readonly ILogger _logger;
    private readonly CommandBytes _bytes;
    private readonly LoopTimer _patience;
    private readonly LoopLetter _ended;
    private ControlSlot? _slot;
    private ConnectionState _state = ConnectionState.Reading;
    private LoopWatch _watch;
    private bool _isLast;

    // Written by whoever ends the command, before the letter that tells of it.
    private ReadOnlyMemory<byte> _reply;
    private bool _hasReply;
    private Exception? _defect;
    private int _startingThread;
    private bool _hasEndedAtOnce;

    /// <param name="socket">Accepted, non-blocking; owned.</param>
    /// <param name="takesLeave">
    /// Bytes that nobody read make the kernel reset a connection that is closed, and the last reply is lost with it: what the
    /// client still sends is thrown away for a moment.
    /// </param>
    public StreamConnection(
        FdHandle socket,
        StreamEndpoint endpoint,
        ICommandStream commands,
        Framing framing,
        int maxCommandLength,
        bool takesLeave,
        ControlLoop loop,
        ILogger logger)
    {
        _socket = socket;
        _endpoint = endpoint;
        _commands = commands;
        _framing = framing;
        _takesLeave = takesLeave;
        _loop = loop;
        _logger = logger;
        _bytes = new CommandBytes(framing, commands, maxCommandLength);
        _watch = new LoopWatch(loop, this);
        _patience = new LoopTimer(loop, Close);
        _ended = new LoopLetter(OnEnded);
    }

    public int Descriptor => _socket.Number;

    /// <summary>Stays this connection's.</summary>
    public FdHandle Socket => _socket;

    /// <summary>Nothing is under way and nothing half said: another process can go on with it.</summary>
    public bool IsBetweenCommands => _state == ConnectionState.Reading && _bytes.IsEmpty;

    /// <summary>It has a place: begins to serve.</summary>
    public void Open(ControlSlot slot)
    {
        _slot = slot;
        WaitForInput();
    }

    /// <summary>Ends when nothing is under way any more.</summary>
    public void Stop()
    {
        if (_state == ConnectionState.Writing)
        {
            _patience.Set(ReplyPatienceWhenStopping);
        }
        else if (_state != ConnectionState.Busy)
        {
            Close();
        }
    }

    /// <summary>At once, whatever is under way.</summary>
    public void Close()
    {
        if (_state == ConnectionState.Closed)
        {
            return;
        }

        _state = ConnectionState.Closed;
        _watch.End();
        _patience.Clear();
        _socket.Dispose();
        _slot?.Dispose();
        _endpoint.Forget(this);
    }

    public void OnReady()
    {
        switch (_state)
        {
            case ConnectionState.Reading:
                Serve(mayRead: true);
                break;
            case ConnectionState.Busy:
                _watch.End(); // it says more, or is gone: that is looked at after the reply
                break;
            case ConnectionState.Writing:
                if (TryWrite())
                {
                    Serve(mayRead: false);
                }

                break;
            case ConnectionState.Leaving:
                Discard();
                break;
        }
    }

    public void OnDefect(Exception defect)
    {
        Log.CommandFault(_logger, _endpoint.Address.ToString(), defect);
        Close();
    }

    public void Reply(ReadOnlyMemory<byte> reply)
    {
        _reply = reply;
        _hasReply = true;
        TellOfEnd();
    }

    public void GiveUp(Exception? defect)
    {
        _defect = defect;
        _hasReply = false;
        TellOfEnd();
    }

    private void TellOfEnd()
    {
        if (Environment.CurrentManagedThreadId == _startingThread)
        {
            _hasEndedAtOnce = true;
        }
        else
        {
            _loop.Post(_ended);
        }
    }

    private void OnEnded()
    {
        if (_state == ConnectionState.Busy && TryFinish())
        {
            Serve(mayRead: false);
        }
    }

    /// <summary>Carries out what has come, as much as one turn may.</summary>
    private void Serve(bool mayRead)
    {
        for (int i = 0; i < MaxCommandsPerTurn; i++)
        {
            if (!TryTakeCommand(out ReadOnlyMemory<byte> command))
            {
                if (_state == ConnectionState.Closed)
                {
                    return;
                }

                if (!mayRead || !TryRead())
                {
                    WaitForInput();
                    return;
                }

                mayRead = false;
            }
            else if (!TryCarryOut(command.Span))
            {
                return;
            }
        }

        _loop.CallAgain(this);
    }

    /// <summary>False also when no command can come any more, and the connection has been closed.</summary>
    private bool TryTakeCommand(out ReadOnlyMemory<byte> command)
    {
        try
        {
            return _bytes.TryTake(out command);
        }
        catch (InvalidDataException)
        {
            command = default;
            Close();
            return false;
        }
    }

    /// <summary>False if nothing came, or the connection ends.</summary>
    private bool TryRead()
    {
        Span<byte> extra = stackalloc byte[1];
        bool isOverfull = _bytes.IsOverfull; // which is borne as long as nothing follows
        int count = Receive(isOverfull ? extra : _bytes.FreeSpace);
        if (count < 0)
        {
            return false;
        }

        if (count == 0 || isOverfull)
        {
            End();
            return false;
        }

        _bytes.Advance(count);
        return true;
    }

    /// <summary>False if the reply is not there yet, or has not left, or the connection ends.</summary>
    private bool TryCarryOut(ReadOnlySpan<byte> command)
    {
        _slot!.Begin();
        _state = ConnectionState.Busy;
        _hasEndedAtOnce = false;
        _startingThread = Environment.CurrentManagedThreadId;
        _isLast = !_commands.OnCommand(command, this) || _framing == Framing.OneShot;
        _startingThread = 0;
        return _hasEndedAtOnce && TryFinish();
    }

    private bool TryFinish()
    {
        _slot!.End();
        if (_hasReply)
        {
            return TryWrite();
        }

        if (_defect is not null)
        {
            Log.CommandFault(_logger, _endpoint.Address.ToString(), _defect);
        }

        Close();
        return false;
    }

    private bool TryWrite()
    {
        int sent = Send(_reply.Span);
        if (sent < 0)
        {
            return false;
        }

        _reply = _reply[sent..];
        if (!_reply.IsEmpty)
        {
            WaitForOutput();
            return false;
        }

        _patience.Clear();
        _state = ConnectionState.Reading;
        if (_isLast)
        {
            End();
        }

        return !_isLast;
    }

    private void End()
    {
        if (!_takesLeave || _endpoint.IsStopping)
        {
            Close();
            return;
        }

        _ = LibC.shutdown(_socket, LibC.SHUT_WR);
        _state = ConnectionState.Leaving;
        _patience.Set(FarewellPatience);
        WaitForInput();
    }

    private void Discard()
    {
        Span<byte> discarded = stackalloc byte[DiscardedAtOnce];
        if (Receive(discarded) == 0)
        {
            Close();
        }
    }

    /// <summary>0 at the end of what the client says; -1 if there is nothing now, or the connection is broken and has been closed.</summary>
    private int Receive(Span<byte> room)
    {
        fixed (byte* bytes = room)
        {
            int count = (int)LibC.recv(_socket, bytes, room.Length, LibC.MSG_DONTWAIT);
            CloseIfBroken(count);
            return count;
        }
    }

    /// <summary>-1 if the connection is broken and has been closed.</summary>
    private int Send(ReadOnlySpan<byte> reply)
    {
        fixed (byte* bytes = reply)
        {
            int count = (int)LibC.send(_socket, bytes, reply.Length, LibC.MSG_DONTWAIT | LibC.MSG_NOSIGNAL);
            return CloseIfBroken(count) ? -1 : Math.Max(count, 0);
        }
    }

    // The client is gone: nobody is left to be told.
    private bool CloseIfBroken(int result)
    {
        if (result >= 0 || LibC.LastErrno is Errno.EAGAIN or Errno.EINTR)
        {
            return false;
        }

        Close();
        return true;
    }

    private void WaitForInput()
    {
        if (_state == ConnectionState.Reading && _endpoint.IsStopping)
        {
            Close();
        }

        if (_state is ConnectionState.Reading or ConnectionState.Leaving)
        {
            Watch(forOutput: false);
        }
    }

    private void WaitForOutput()
    {
        if (_state != ConnectionState.Writing)
        {
            _state = ConnectionState.Writing;
            _patience.Set(_endpoint.IsStopping ? ReplyPatienceWhenStopping : ReplyPatience);
        }

        Watch(forOutput: true);
    }

    private void Watch(bool forOutput)
    {
        if (!_watch.TryWatchFor(forOutput))
        {
            Close();
        }
    }
}
