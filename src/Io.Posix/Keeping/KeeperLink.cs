using System.Globalization;
using RtpProxy.Io.Posix.Interop;
using RtpProxy.Io.Posix.Processes;

namespace RtpProxy.Io.Posix.Keeping;

/// <summary>
/// A relay's end of the way to its keeper: asks it to hold descriptors, takes what it passes on, and hears what it wants.
/// When the keeper has died, what is asked of it is true and does nothing.
/// </summary>
/// <remarks>
/// Whoever opens sockets sends by itself, under one lock, so that the keeper hears of them in the order in which they were opened
/// and closed. A thread of its own receives.
/// </remarks>
internal sealed class KeeperLink : IKeeper
{
    /// <summary>The name of the variable that holds the number of the inherited descriptor.</summary>
    public const string Variable = "RTPPROXY_KEEPER_FD";

    /// <summary>The name of the variable that holds the service manager's socket, which is the keeper's as long as that lives.</summary>
    public const string ServiceVariable = "RTPPROXY_KEEPER_NOTIFY_SOCKET";

    private readonly DescriptorChannel _channel;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int[]> _held = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> _heldByText;
    private bool _isLost;

    internal KeeperLink(DescriptorChannel channel)
    {
        _channel = channel;
        _heldByText = _held.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>What the relay before this one had open.</summary>
    public Legacies Legacies { get; } = new();

    /// <summary>Descriptors that were passed on were lost, because this process may open no more.</summary>
    public bool HasLostDescriptors { get; private set; }

    /// <summary>The way that this process was started with; null if no keeper started it. The variable is removed.</summary>
    public static KeeperLink? Inherit()
    {
        string? number = Environment.GetEnvironmentVariable(Variable);
        Environment.SetEnvironmentVariable(Variable, null);
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int descriptor)
            || LibC.fcntl(descriptor, LibC.F_SETFD, LibC.FD_CLOEXEC) != 0)
        {
            return null;
        }

        HandOver.AdoptSystemdSockets();
        return new KeeperLink(DescriptorChannel.Own(descriptor));
    }

    /// <summary>Begins to receive, on a thread of its own, which calls these.</summary>
    /// <param name="take">What the keeper says beside what it passes on.</param>
    /// <param name="lose">Once, at the end: the keeper has died.</param>
    public void Start(Action<KeeperMessage> take, Action lose) =>
        new Thread(() => Receive(take, lose)) { IsBackground = true, Name = "keeper" }.Start();

    public bool TryHold(ReadOnlySpan<byte> name, params ReadOnlySpan<int> descriptors)
    {
        ArgumentOutOfRangeException.ThrowIfZero(name.Length, nameof(name));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, Keeper.MaxName, nameof(name));
        ArgumentOutOfRangeException.ThrowIfZero(descriptors.Length, nameof(descriptors));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(descriptors.Length, Keeper.MaxDescriptors, nameof(descriptors));
        lock (_lock)
        {
            _held[Names.FromBytes(name)] = descriptors.ToArray();
            return Send(MessageKind.Hold, name, descriptors);
        }
    }

    public bool TryDrop(ReadOnlySpan<byte> name)
    {
        ArgumentOutOfRangeException.ThrowIfZero(name.Length, nameof(name));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, Keeper.MaxName, nameof(name));
        Span<char> text = stackalloc char[Keeper.MaxName];
        for (int i = 0; i < name.Length; i++)
        {
            text[i] = (char)name[i];
        }

        lock (_lock)
        {
            _heldByText.Remove(text[..name.Length]);
            return Send(MessageKind.Drop, name, []);
        }
    }

    /// <summary>Says something else; from any thread.</summary>
    /// <returns>As that of <see cref="TryHold"/>.</returns>
    public bool Say(RelayMessage message)
    {
        ReadOnlySpan<byte> bytes = RelayMessageCodec.Write(message);
        lock (_lock)
        {
            return Send((MessageKind)bytes[0], bytes[1..], []);
        }
    }

    private bool Send(MessageKind kind, ReadOnlySpan<byte> rest, ReadOnlySpan<int> descriptors)
    {
        if (_isLost)
        {
            return true;
        }

        Span<byte> message = stackalloc byte[RelayMessageCodec.MaxLength];
        message[0] = (byte)kind;
        rest.CopyTo(message[1..]);
        return _channel.Send(message[..(1 + rest.Length)], descriptors) != Errno.EAGAIN;
    }

    private void Receive(Action<KeeperMessage> take, Action lose)
    {
        byte[] buffer = new byte[DescriptorChannel.MaxMessage];
        List<FdHandle> descriptors = [];
        while (_channel.Receive(buffer, descriptors, mayWait: true, out int length, out bool isShort) == Errno.None)
        {
            HasLostDescriptors |= isShort;
            Take(KeeperMessageCodec.Read(buffer.AsSpan(0, length)), descriptors, take);
            descriptors.ForEach(left => left.Dispose());
            descriptors.Clear();
        }

        lock (_lock)
        {
            _isLost = true;
            _held.Clear();
        }

        lose();
    }

    private void Take(KeeperMessage? message, List<FdHandle> descriptors, Action<KeeperMessage> take)
    {
        switch (message)
        {
            case KeeperMessage.Inherit inherit:
                TakeOver(inherit, descriptors);
                break;
            case KeeperMessage.Forget forget:
                Forget(forget.Names);
                break;
            case KeeperMessage.HoldAgain:
                HoldAgain();
                break;
            case not null:
                take(message);
                break;
        }
    }

    // Where some were lost on the way, it is not known which: names that are not whole are nobody's.
    private void TakeOver(KeeperMessage.Inherit inherit, List<FdHandle> descriptors)
    {
        int next = 0;
        foreach ((string name, int count) in inherit.Items)
        {
            if (next + count > descriptors.Count)
            {
                HasLostDescriptors = true;
                break;
            }

            List<FdHandle> own = descriptors.GetRange(next, count);
            lock (_lock)
            {
                _held[name] = [.. own.Select(descriptor => descriptor.Number)];
            }

            Legacies.Add(new KeptDescriptors(name, own));
            next += count;
        }

        descriptors.RemoveRange(0, next);
    }

    private void Forget(IReadOnlyList<string> names)
    {
        foreach (string name in names)
        {
            lock (_lock)
            {
                _held.Remove(name);
            }

            Legacies.Remove(name);
        }
    }

    private void HoldAgain()
    {
        string[] names;
        lock (_lock)
        {
            names = [.. _held.Keys];
        }

        foreach (string name in names)
        {
            for (bool isSent = false; !isSent; Thread.Sleep(isSent ? 0 : 1))
            {
                lock (_lock)
                {
                    isSent = !_held.TryGetValue(name, out int[]? descriptors)
                        || Send(MessageKind.Hold, Names.ToBytes(name), descriptors);
                }
            }
        }
    }
}
