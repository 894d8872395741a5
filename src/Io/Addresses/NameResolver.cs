using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using RtpProxy.Relay.Commands;

namespace RtpProxy.Io.Addresses;

/// <summary>
/// Asks the system's resolver, which takes many seconds to find out that a name server is dead and cannot be hurried: it is
/// asked on threads of our own, so many at once, and who asks waits so long at most. Answers are kept for a while, also that
/// there is none, and one that comes too late serves the next who asks. While nothing but time-outs is heard, whoever asks
/// gets one at once.
/// </summary>
/// <remarks>Thread-safe; blocks, but not for long.</remarks>
public sealed class NameResolver : INameResolver
{
    /// <summary>Names asked for at the same time.</summary>
    public const int MaxAsking = 8;

    private const int MaxKept = 1024;

    private readonly bool _isNumericOnly;
    private readonly Func<string, IPAddress?> _ask;
    private readonly TimeSpan _patience;
    private readonly TimeSpan _keeping;
    private readonly object _lock = new(); // waited on, which Lock cannot
    private readonly Dictionary<string, NameAnswer> _answers = new(StringComparer.OrdinalIgnoreCase); // null while asking
    private int _asking;
    private long? _silentSince; // the last time-out, if no answer came after it

    /// <param name="isNumericOnly"><c>--no_resolve</c>: nobody is asked.</param>
    public NameResolver(bool isNumericOnly)
        : this(isNumericOnly, AskSystem, patience: TimeSpan.FromSeconds(3), keeping: TimeSpan.FromSeconds(10))
    {
    }

    /// <param name="ask">May block for as long as it likes; null for a name that is not known, <see cref="TimeoutException"/> if nobody answers.</param>
    /// <param name="patience">How long a caller waits.</param>
    /// <param name="keeping">How long an answer, or that there is none, is good.</param>
    internal NameResolver(bool isNumericOnly, Func<string, IPAddress?> ask, TimeSpan patience, TimeSpan keeping)
    {
        _isNumericOnly = isNumericOnly;
        _ask = ask;
        _patience = patience;
        _keeping = keeping;
    }

    public IPAddress? ResolveIPv4(string host)
    {
        if (IPAddress.TryParse(host, out IPAddress? literal))
        {
            return literal.AddressFamily == AddressFamily.InterNetwork ? literal : null;
        }

        return _isNumericOnly || string.IsNullOrEmpty(host) ? null : Find(host);
    }

    private IPAddress? Find(string host)
    {
        long start = Stopwatch.GetTimestamp();
        lock (_lock)
        {
            ForgetOld();
            while (true)
            {
                if (_answers.TryGetValue(host, out NameAnswer answer) && !answer.IsPending)
                {
                    return answer.Address;
                }

                TimeSpan left = _patience - Stopwatch.GetElapsedTime(start);
                if (left <= TimeSpan.Zero || IsSilent)
                {
                    _silentSince ??= Stopwatch.GetTimestamp();
                    return null;
                }

                if (!answer.IsPending && _asking < MaxAsking)
                {
                    _asking++;
                    _answers[host] = NameAnswer.Pending;
                    new Thread(() => Ask(host)) { IsBackground = true, Name = "resolver" }.Start();
                }

                Monitor.Wait(_lock, left);
            }
        }
    }

    // Nothing was heard within the patience of somebody, and that is not long ago: the next one after it tries again.
    private bool IsSilent
    {
        get
        {
            if (_silentSince is { } since && Stopwatch.GetElapsedTime(since) >= _keeping)
            {
                _silentSince = null;
            }

            return _silentSince is not null;
        }
    }

    private void Ask(string host)
    {
        IPAddress? address = null;
        bool isAnswered = true;
        try
        {
            address = _ask(host);
        }
        catch (TimeoutException)
        {
            isAnswered = false;
        }

        lock (_lock)
        {
            _asking--;
            _silentSince = isAnswered ? null : Stopwatch.GetTimestamp();
            _answers[host] = new NameAnswer(address, Stopwatch.GetTimestamp());
            Monitor.PulseAll(_lock);
        }
    }

    private void ForgetOld()
    {
        foreach ((string host, NameAnswer answer) in _answers)
        {
            if (!answer.IsPending && (answer.Age >= _keeping || _answers.Count > MaxKept))
            {
                _answers.Remove(host);
            }
        }
    }

    private static IPAddress? AskSystem(string host)
    {
        try
        {
            return Dns.GetHostAddresses(host, AddressFamily.InterNetwork) is [IPAddress first, ..] ? first : null;
        }
        catch (SocketException silence) when (silence.SocketErrorCode == SocketError.TryAgain)
        {
            throw new TimeoutException("no name server answers", silence);
        }
        catch (Exception unknown) when (unknown is SocketException or ArgumentException)
        {
            return null;
        }
    }
}
