using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using RtpProxy.Relay.Operations;

namespace RtpProxy.Io.Net.Addresses;

/// <summary>
/// Asks the system's resolver, which takes many seconds to find out that a name server is dead and cannot be hurried: it is
/// asked on threads of our own, so many at once, and who asks waits so long at most. Answers are kept for a while, also that
/// there is none, and one that comes too late serves the next who asks. After several names in a row that nobody answered for
/// the name server is thought to be dead: one name at a time is still asked for, and whoever else asks gets nothing at once.
/// </summary>
/// <remarks>Thread-safe; blocks, but not for long.</remarks>
public sealed class NameResolver : INameResolver
{
    /// <summary>Names asked for at the same time; the last place is kept for trying whether a dead name server is back.</summary>
    public const int MaxAsking = 8;

    private const int SilentNames = 3; // in a row, and the name server is thought to be dead

    private const int MaxKept = 1024;

    private readonly bool _isNumericOnly;
    private readonly Func<string, IPAddress?> _ask;
    private readonly TimeSpan _patience;
    private readonly TimeSpan _keeping;
    private readonly object _lock = new(); // waited on, which Lock cannot
    private readonly Dictionary<string, NameAnswer> _answers = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _silent = new(StringComparer.OrdinalIgnoreCase); // given up since the last answer
    private int _asking;
    private bool _isProbing; // somebody waits for a name although the name server seems dead
    private long _silentSince; // when the last name was given up

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
            bool isProbe = false;
            try
            {
                while (true)
                {
                    bool isKnown = _answers.TryGetValue(host, out NameAnswer answer);
                    if (isKnown && !answer.IsPending)
                    {
                        return answer.Address;
                    }

                    TimeSpan left = _patience - Stopwatch.GetElapsedTime(start);
                    if (answer.IsGivenUp || left <= TimeSpan.Zero)
                    {
                        GiveUp(host, answer);
                        return null;
                    }

                    if (!isKnown && IsSilent && (_isProbing || _asking == MaxAsking))
                    {
                        return null;
                    }

                    if (!isKnown && (IsSilent || _asking < MaxAsking - 1))
                    {
                        isProbe = IsSilent;
                        _isProbing |= isProbe;
                        _asking++;
                        _answers[host] = NameAnswer.Pending;
                        new Thread(() => Ask(host)) { IsBackground = true, Name = "resolver" }.Start();
                    }

                    Monitor.Wait(_lock, left);
                }
            }
            finally
            {
                _isProbing &= !isProbe;
            }
        }
    }

    // One name that nobody answers for says something of that name; several in a row say it of the name server.
    private bool IsSilent
    {
        get
        {
            if (_silent.Count > 0 && Stopwatch.GetElapsedTime(_silentSince) >= _keeping)
            {
                _silent.Clear();
            }

            return _silent.Count >= SilentNames;
        }
    }

    private void GiveUp(string host, NameAnswer answer)
    {
        if (!answer.IsPending || answer.IsGivenUp)
        {
            return; // it had no turn, or has been given up before
        }

        _answers[host] = answer with { IsGivenUp = true };
        if (_silent.Count < SilentNames)
        {
            _silent.Add(host);
        }

        _silentSince = Stopwatch.GetTimestamp();
        Monitor.PulseAll(_lock); // who waits for a turn need not any more
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
            isAnswered = false; // if that took long, whoever waited has noticed; if not, it holds up nobody
        }

        lock (_lock)
        {
            _asking--;
            if (isAnswered)
            {
                _silent.Clear();
            }

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
