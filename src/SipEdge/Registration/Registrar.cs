using System.Globalization;
using RtpProxy.Sip;
using RtpProxy.Sip.Headers;
using RtpProxy.SipEdge.Configuration;
using RtpProxy.SipEdge.Proxy;
using RtpProxy.SipEdge.Transport;

namespace RtpProxy.SipEdge.Registration;

/// <summary>Phones by user, in memory (RFC 3261 section 10.3). Nobody is asked for a password.</summary>
/// <remarks>
/// Thread-safe by one lock. Bounded: so many bindings in all, and so many for a user; expired ones make room first.
/// </remarks>
internal sealed class Registrar(int maxBindings, TimeProvider time)
{
    private const int MaxContacts = 10;
    private const int MaxKeptLength = 1_024; // Of a user, a Contact and a Call-ID, each.

    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<Binding>> _users = new(StringComparer.Ordinal);
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

    /// <summary>The phone that has registered a Contact with the user, host and port of a URI; null if none has.</summary>
    public Binding? FindContact(SipUri uri)
    {
        if (string.IsNullOrEmpty(uri.User))
        {
            return null;
        }

        lock (_gate)
        {
            return Live(uri.User).Find(binding =>
                binding.Contact.User == uri.User
                && binding.Contact.Port == uri.Port
                && binding.Contact.Host.Equals(uri.Host, StringComparison.OrdinalIgnoreCase));
        }
    }

    /// <summary>Works on a REGISTER without faults for a domain of ours.</summary>
    public RegistrarAnswer Register(SipMessage request, Flow from, RegistrarSettings settings)
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
                : Apply(request, uri.User, values, from, usual, settings);
            return refusal ?? new RegistrarAnswer(200, "OK", [.. Live(uri.User).Select(Describe)]);
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
        }

        return null;
    }

    private RegistrarAnswer? Apply(
        SipMessage request, string user, TextSpan[] values, Flow from, TimeSpan usual, RegistrarSettings settings)
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
                next.Add(Bind(request, uri, from, expires < settings.MaxTime ? expires : settings.MaxTime));
            }
        }

        return Replace(user, next);
    }

    private RegistrarAnswer? Replace(string user, List<Binding> next)
    {
        int present = _users.TryGetValue(user, out List<Binding>? old) ? old.Count : 0;
        if (next.Count > MaxContacts || (next.Count > present && _count + next.Count - present > maxBindings && !Sweep(next.Count - present)))
        {
            return new RegistrarAnswer(503, "Too Many Bindings", ["Retry-After: 60"]);
        }

        present = _users.TryGetValue(user, out old) ? old.Count : 0;
        _count += next.Count - present;
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

    private bool Sweep(int wanted)
    {
        foreach (string user in _users.Keys.ToArray())
        {
            Live(user);
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
        _count -= bindings.RemoveAll(binding => binding.ExpiresAt <= now);
        if (bindings.Count == 0)
        {
            _users.Remove(user);
        }

        return bindings;
    }

    private Binding Bind(SipMessage request, SipUri contact, Flow from, TimeSpan expires)
    {
        // A reply to where the REGISTER came from reaches a phone behind a NAT; its Contact would not.
        var target = new NextHop(from.Point.Transport, from.Remote.Address.ToString(), from.Remote.Port);
        return new Binding(
            contact,
            request.CallId!,
            request.CSeq!.Value.Number,
            target,
            from,
            time.GetUtcNow() + expires);
    }

    private string Describe(Binding binding)
    {
        double seconds = Math.Ceiling((binding.ExpiresAt - time.GetUtcNow()).TotalSeconds);
        return string.Create(CultureInfo.InvariantCulture, $"Contact: <{binding.Contact}>;expires={seconds:0}");
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
