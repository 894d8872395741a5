using System.Globalization;
using Microsoft.Extensions.Logging;
using RtpProxy.Sip;
using RtpProxy.Sip.Headers;
using RtpProxy.SipEdge.Configuration;
using RtpProxy.SipEdge.Proxy;
using RtpProxy.SipEdge.Transport;

namespace RtpProxy.SipEdge.Registration;

/// <summary>Phones by user, in memory (RFC 3261 section 10.3). Who may register for whom is decided before.</summary>
/// <remarks>Thread-safe by one lock.</remarks>
internal sealed class Registrar(int maxBindings, TimeProvider time, ILogger logger)
{
    private const int MaxKeptLength = 1_024; // Of a user, a Contact and a Call-ID, each.

    private readonly Lock _gate = new();
    private readonly BindingTable _bindings = new(maxBindings, time, logger);

    /// <summary>Bindings held, expired ones that nobody has asked for since included.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _bindings.Count;
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
            return _bindings.Live(uri.User) is [.., var newest] ? newest : null;
        }
    }

    /// <summary>The phone of a user that has registered a Contact with the user, host and port of a URI; null if none has.</summary>
    /// <param name="user">Whose it is: anybody may register any Contact for himself.</param>
    public Binding? FindContact(SipUri uri, string? user)
    {
        lock (_gate)
        {
            return _bindings.Find(uri, binding => binding.User == user);
        }
    }

    /// <summary>The phone that has registered such a Contact from a place; null if none has.</summary>
    public Binding? FindContact(SipUri uri, NextHop at)
    {
        lock (_gate)
        {
            return _bindings.Find(uri, binding => binding.Target == at);
        }
    }

    /// <summary>Whether a phone has registered from where a message comes from.</summary>
    public bool IsRegisteredFrom(Flow from)
    {
        lock (_gate)
        {
            return _bindings.HasTarget(TargetOf(from));
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

        TextSpan[] values = [.. request.ValuesOf(HeaderKind.Contact).Take(BindingTable.MaxContacts + 1)];
        lock (_gate)
        {
            RegistrarAnswer? refusal = values is [var star] && star.In(request.Text) is "*"
                ? RemoveAll(uri.User, usual)
                : Apply(request, uri.User, values, from, isProven, usual, settings, isOurs);
            return refusal ?? new RegistrarAnswer(200, "OK", Describe(_bindings.Live(uri.User), maxAnswer));
        }
    }

    private RegistrarAnswer? RemoveAll(string user, TimeSpan expires)
    {
        if (expires != TimeSpan.Zero)
        {
            return new RegistrarAnswer(400, "Contact * Needs Expires 0", []);
        }

        _bindings.RemoveAll(user);
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
        List<Binding> next = [.. _bindings.Live(user)];
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
                binding.IsProven = isProven || _bindings.Live(user).Exists(other => other.IsProven && other.Target == binding.Target);
                next.Add(binding);
            }
        }

        return _bindings.TryReplace(user, next) ? null : new RegistrarAnswer(503, "Too Many Bindings", ["Retry-After: 60"]);
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
