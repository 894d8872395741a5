using System.Globalization;
using Microsoft.Extensions.Logging;
using RtpProxy.Lines;
using RtpProxy.Sip;
using RtpProxy.Sip.Headers;
using RtpProxy.SipEdge.Configuration;
using RtpProxy.SipEdge.Proxy;
using RtpProxy.SipEdge.Transport;

namespace RtpProxy.SipEdge.Registration;

/// <summary>Phones by user, in memory (RFC 3261 section 10.3). Who may register for whom is decided before.</summary>
/// <remarks>
/// Thread-safe by one lock. Bounded: so many bindings in all, and so many for a user; expired ones make room first. The oldest
/// of a user give way to its new ones, so that a phone which comes from ever new ports never shuts itself out.
/// </remarks>
internal sealed class Registrar(int maxBindings, TimeProvider time, ILogger logger)
{
    private const int MaxContacts = 10;
    private const int MaxKeptLength = 1_024; // Of a user, a Contact and a Call-ID, each.

    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<Binding>> _users = new(StringComparer.Ordinal);
    private readonly BindingIndex _index = new();
    private DateTimeOffset _sweptAt;
    private int _count;

    /// <summary>Bindings held, expired ones that nobody has asked for since included.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    /// <summary>The newest phone of the user that a URI of our domains names; null if there is none.</summary>
    public Binding? Find(SipUri uri, EdgeSettings settings, IReadOnlyList<ListenPoint> points)
    {
        if (settings.Registrar is null || string.IsNullOrEmpty(uri.User) || !Router.IsOurDomain(uri, settings, points))
        {
            return null;
        }

        lock (_gate)
        {
            return Live(uri.User) is [.., var newest] ? newest : null;
        }
    }

    /// <summary>The phone of a user that has registered a Contact with the user, host and port of a URI; null if none has.</summary>
    /// <param name="user">Whose it is: anybody may register any Contact for himself.</param>
    public Binding? FindContact(SipUri uri, string? user)
    {
        lock (_gate)
        {
            return _index.Find(uri, binding => binding.User == user, time.GetUtcNow());
        }
    }

    /// <summary>The phone that has registered such a Contact from a place; null if none has.</summary>
    public Binding? FindContact(SipUri uri, NextHop at)
    {
        lock (_gate)
        {
            return _index.Find(uri, binding => binding.Target == at, time.GetUtcNow());
        }
    }

    /// <summary>Whether a phone has registered from where a message comes from.</summary>
    public bool IsRegisteredFrom(Flow from)
    {
        lock (_gate)
        {
            return _index.HasTarget(TargetOf(from), time.GetUtcNow());
        }
    }

    /// <summary>Works on a REGISTER without faults for a domain of ours.</summary>
    /// <param name="isProven">Whether the sender is known to be where the request came from.</param>
    /// <param name="isOurs">Whether a URI leads back to us: no phone is there.</param>
    /// <param name="maxAnswer">How many characters of Contact fields the answer may have; the newest come first.</param>
    public RegistrarAnswer Register(
        SipMessage request, Flow from, bool isProven, RegistrarSettings settings, Func<SipUri, bool> isOurs, int maxAnswer)
    {
        if (request.To is not { } to || !SipUri.TryParse(to.Uri, out SipUri? uri, out _) || string.IsNullOrEmpty(uri.User))
        {
            return new RegistrarAnswer(404, "Not Found", []);
        }

        if (uri.User.Length > MaxKeptLength || request.CallId!.Length > MaxKeptLength)
        {
            return new RegistrarAnswer(400, "Too Long A Name", []);
        }

        if (!TryReadExpires(request, settings, out TimeSpan usual))
        {
            return new RegistrarAnswer(400, "Bad Expires", []);
        }

        TextSpan[] values = [.. request.ValuesOf(HeaderKind.Contact).Take(MaxContacts + 1)];
        lock (_gate)
        {
            RegistrarAnswer? refusal = values is [var star] && star.In(request.Text) is "*"
                ? RemoveAll(uri.User, usual)
                : Apply(request, uri.User, values, from, isProven, usual, settings, isOurs);
            return refusal ?? new RegistrarAnswer(200, "OK", Describe(Live(uri.User), maxAnswer));
        }
    }

    private RegistrarAnswer? RemoveAll(string user, TimeSpan expires)
    {
        if (expires != TimeSpan.Zero)
        {
            return new RegistrarAnswer(400, "Contact * Needs Expires 0", []);
        }

        if (_users.Remove(user, out List<Binding>? gone))
        {
            _count -= gone.Count;
            gone.ForEach(_index.Remove);
            Log.Unregistered(logger, PeerText.Brief(user), "all its phones");
        }

        return null;
    }

    private RegistrarAnswer? Apply(
        SipMessage request,
        string user,
        TextSpan[] values,
        Flow from,
        bool isProven,
        TimeSpan usual,
        RegistrarSettings settings,
        Func<SipUri, bool> isOurs)
    {
        List<Binding> next = [.. Live(user)];
        foreach (TextSpan value in values)
        {
            if (!NameAddress.TryParse(request.Text, value, out NameAddress? contact, out _)
                || !SipUri.TryParse(contact.Uri, out SipUri? uri, out _)
                || contact.Uri.Length > MaxKeptLength)
            {
                return new RegistrarAnswer(400, "Bad Contact", []);
            }

            if (isOurs(uri))
            {
                return new RegistrarAnswer(403, "Contact Is This Server", []); // Its calls would come back to us.
            }

            TimeSpan expires = usual;
            if (contact.Parameters.ValueOf("expires") is { } own)
            {
                if (!uint.TryParse(own, NumberStyles.None, CultureInfo.InvariantCulture, out uint seconds))
                {
                    return new RegistrarAnswer(400, "Bad Expires", []);
                }

                expires = TimeSpan.FromSeconds(seconds);
            }

            if (expires > TimeSpan.Zero && expires < settings.MinTime)
            {
                return new RegistrarAnswer(
                    423, "Interval Too Brief", [$"Min-Expires: {settings.MinTime.TotalSeconds.ToString(CultureInfo.InvariantCulture)}"]);
            }

            int at = next.FindIndex(binding => binding.Contact.ToString() == contact.Uri);
            if (at >= 0 && next[at].CallId == request.CallId && next[at].Number >= request.CSeq!.Value.Number)
            {
                return new RegistrarAnswer(500, "Out Of Order", []);
            }

            if (at >= 0)
            {
                next.RemoveAt(at);
            }

            if (expires > TimeSpan.Zero)
            {
                Binding binding = Bind(user, request, uri, from, expires < settings.MaxTime ? expires : settings.MaxTime);
                binding.IsProven = isProven || Live(user).Exists(other => other.IsProven && other.Target == binding.Target);
                next.Add(binding);
            }
        }

        return Replace(user, next);
    }

    private RegistrarAnswer? Replace(string user, List<Binding> next)
    {
        List<Binding> old = Live(user);
        MakeRoom(next, old, MaxContacts);
        if (next.Count > old.Count && _count + next.Count - old.Count > maxBindings && !Sweep(next.Count - old.Count))
        {
            MakeRoom(next, old, old.Count + Math.Max(0, maxBindings - _count));
        }

        if (next.Count > MaxContacts || (next.Count > old.Count && _count + next.Count - old.Count > maxBindings))
        {
            return new RegistrarAnswer(503, "Too Many Bindings", ["Retry-After: 60"]);
        }

        Tell(user, old, next);
        old.ForEach(_index.Remove);
        next.ForEach(_index.Add);
        _count += next.Count - old.Count;
        if (next.Count == 0)
        {
            _users.Remove(user);
        }
        else
        {
            _users[user] = next;
        }

        return null;
    }

    // A connection that is gone leads to nobody. What comes with this very request does not give way to itself.
    private static void MakeRoom(List<Binding> next, List<Binding> old, int most)
    {
        if (next.Count > old.Count)
        {
            next.RemoveAll(binding => old.Contains(binding) && binding.Flow.Connection is { IsOpen: false });
        }

        while (next.Count > most && next.Find(old.Contains) is { } oldest)
        {
            next.Remove(oldest);
        }
    }

    // Refreshes are no news.
    private void Tell(string user, List<Binding> old, List<Binding> next)
    {
        foreach (Binding binding in next.Where(binding => !old.Exists(other => IsSamePhone(binding, other))))
        {
            Log.Registered(
                logger,
                PeerText.Brief(user),
                PeerText.Brief(binding.Contact.ToString()),
                binding.Flow.Remote,
                binding.Flow.Point.TransportName,
                (int)Math.Ceiling((binding.ExpiresAt - time.GetUtcNow()).TotalSeconds));
        }

        foreach (Binding binding in old.Where(binding => !next.Exists(other => other.Contact.ToString() == binding.Contact.ToString())))
        {
            Log.Unregistered(logger, PeerText.Brief(user), PeerText.Brief(binding.Contact.ToString()));
        }
    }

    private static bool IsSamePhone(Binding one, Binding other) =>
        one.Contact.ToString() == other.Contact.ToString() && one.Target == other.Target;

    // Whoever may register could make us look through all of them with every request.
    private bool Sweep(int wanted)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (now - _sweptAt >= SweepInterval)
        {
            _sweptAt = now;
            foreach (string user in _users.Keys.ToArray())
            {
                Live(user);
            }
        }

        return _count + wanted <= maxBindings;
    }

    private List<Binding> Live(string user)
    {
        if (!_users.TryGetValue(user, out List<Binding>? bindings))
        {
            return [];
        }

        DateTimeOffset now = time.GetUtcNow();
        foreach (Binding expired in bindings.Where(binding => binding.ExpiresAt <= now).ToArray())
        {
            bindings.Remove(expired);
            _index.Remove(expired);
            _count--;
            Log.Expired(logger, PeerText.Brief(user), PeerText.Brief(expired.Contact.ToString()));
        }

        if (bindings.Count == 0)
        {
            _users.Remove(user);
        }

        return bindings;
    }

    private Binding Bind(string user, SipMessage request, SipUri contact, Flow from, TimeSpan expires) =>
        new(user, contact, request.CallId!, request.CSeq!.Value.Number, TargetOf(from), from, time.GetUtcNow() + expires);

    // A reply to where the REGISTER came from reaches a phone behind a NAT; its Contact would not.
    private static NextHop TargetOf(Flow from) =>
        new(from.Point.Transport, LocalAddresses.Plain(from.Remote.Address).ToString(), from.Remote.Port);

    private List<string> Describe(List<Binding> bindings, int maxAnswer)
    {
        List<string> fields = [];
        foreach (Binding binding in Enumerable.Reverse(bindings))
        {
            double seconds = Math.Ceiling((binding.ExpiresAt - time.GetUtcNow()).TotalSeconds);
            string field = string.Create(CultureInfo.InvariantCulture, $"Contact: <{binding.Contact}>;expires={seconds:0}");
            if ((maxAnswer -= field.Length) < 0)
            {
                break;
            }

            fields.Add(field);
        }

        return fields;
    }

    private static bool TryReadExpires(SipMessage request, RegistrarSettings settings, out TimeSpan expires)
    {
        expires = settings.DefaultTime;
        if (!request.TryFind(HeaderKind.Expires, out SipHeader header))
        {
            return true;
        }

        bool isNumber = uint.TryParse(
            header.Value.In(request.Text), NumberStyles.None, CultureInfo.InvariantCulture, out uint seconds);
        expires = TimeSpan.FromSeconds(seconds);
        return isNumber;
    }
}
