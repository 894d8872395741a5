using System.Net;
using Microsoft.Extensions.Logging;
using RtpProxy.Lines;
using RtpProxy.Sip;
using RtpProxy.Sip.Headers;
using RtpProxy.SipEdge.Configuration;
using RtpProxy.SipEdge.Proxy;
using RtpProxy.SipEdge.Registration;
using RtpProxy.SipEdge.Transport;

namespace RtpProxy.SipEdge.Trust;

/// <summary>Decides on a new request before anything of it is kept (RFC 3261 section 16.3).</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Gatekeeper(Router router, Registrar registrar, HopMarks marks, DialogSeals seals, DigestGate digest, ILogger logger)
{
    /// <summary>Decides on a request without faults that begins a transaction.</summary>
    public Verdict Judge(Flow from, SipMessage request, EdgeSettings settings, IReadOnlyList<ListenPoint> points)
    {
        bool isForProxy = Router.IsForProxy(request, settings, points);
        if (isForProxy && request.Method == "OPTIONS")
        {
            return Verdict.Answer(200, "OK", "Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, REGISTER, UPDATE, PRACK");
        }

        bool isRegister = isForProxy && request.Method == "REGISTER" && settings.Registrar is not null;
        if (!isRegister && FindRefusal(from, request) is { } refusal)
        {
            return refusal;
        }

        if (!isRegister && Router.IsForNobody(request, settings, points))
        {
            return Verdict.Answer(Router.NotFound(request.RequestUri, settings, points));
        }

        Sender sender = Identify(from, request, settings, points);
        if (sender.Standing == Standing.Stranger)
        {
            sender = Admit(from, request, isRegister, settings, points, out Verdict? closed) ?? sender;
            if (closed is not null)
            {
                return closed;
            }
        }

        if (isRegister)
        {
            return Verdict.Go(sender, null);
        }

        RouteDecision decision = router.Decide(request, sender, settings, points);
        return decision.Plan is { } plan ? Verdict.Go(sender, plan) : Verdict.Answer(decision);
    }

    /// <summary>
    /// Decides on an ACK that belongs to no transaction: the one of a 2xx, which nobody can be asked a password for.
    /// </summary>
    /// <returns>Null when it goes nowhere.</returns>
    public Verdict? JudgeAck(Flow from, SipMessage ack, EdgeSettings settings, IReadOnlyList<ListenPoint> points)
    {
        if (ack.ToTag == marks.TagOf(ack) || ForwardedRequest.MaxForwardsOf(ack) == 0 || marks.HasBeenHere(ack))
        {
            return null;
        }

        Sender sender = Identify(from, ack, settings, points);
        if (sender.Standing == Standing.Stranger && !registrar.IsRegisteredFrom(from))
        {
            return null;
        }

        return router.Decide(ack, sender, settings, points).Plan is { } plan ? Verdict.Go(sender, plan) : null;
    }

    private Verdict? FindRefusal(Flow from, SipMessage request)
    {
        if (ForwardedRequest.MaxForwardsOf(request) == 0)
        {
            return Verdict.Answer(483, "Too Many Hops");
        }

        if (marks.HasBeenHere(request))
        {
            return Verdict.Answer(482, "Loop Detected");
        }

        if (request.TryFind(HeaderKind.ProxyRequire, out SipHeader required) && !required.Value.IsEmpty)
        {
            return Verdict.Answer(420, "Bad Extension", $"Unsupported: {request.ValueOf(required)}");
        }

        return MessageLimits.HasTooManyMedia(request)
            ? Verdict.Answer(
                488,
                $"At Most {MessageLimits.Media} Media",
                $"Warning: 399 {from.Point.SentBy} \"a call has at most {MessageLimits.Media} media here\"")
            : null;
    }

    // What is known without asking.
    private Sender Identify(Flow from, SipMessage request, EdgeSettings settings, IReadOnlyList<ListenPoint> points)
    {
        string owner = LocalAddresses.AccountOf(from.Remote.Address);
        bool isTrusted = settings.IsTrusted(from.Remote.Address);
        bool isOpen = settings.Authentication is null;
        var sender = new Sender(isOpen ? Standing.Guest : Standing.Stranger, owner)
        {
            IsProven = from.Connection is not null,
            HasConnection = from.Connection is not null,
        };
        if (isTrusted)
        {
            sender = sender with { Standing = Standing.Known, IsTrusted = true, IsProven = true };
        }

        if (request.ToTag is not null
            && OwnRoutes.Of(request, settings, points).Seal is { } seal
            && seals.TryOpen(seal, request, out DialogEnds ends, out bool isInitiator))
        {
            // Where nobody is asked for a password, to have registered proves nothing.
            UserSettings? user = FindUser(request, settings, points);
            bool isKnown = isTrusted || user is not null || (!isOpen && registrar.IsRegisteredFrom(from));
            return sender with
            {
                Standing = isKnown ? Standing.Known : Standing.Party,
                User = user,
                Dialog = ends,
                IsInitiator = isInitiator,
                IsAtItsEnd = ends.IsAt(from.Remote.Address, isInitiator),
                IsProven = sender.IsProven || user is not null || ends.ProveAt(from.Remote.Address, isInitiator),
            };
        }

        return sender;
    }

    // Within a dialog nobody is asked for a password, but some phones give it.
    private UserSettings? FindUser(SipMessage request, EdgeSettings settings, IReadOnlyList<ListenPoint> points) =>
        settings.Authentication is { } authentication
        && digest.Check(request, HeaderKind.ProxyAuthorization, authentication, out UserSettings? user) == DigestOutcome.Right
        && IsNameOf(user!, request.From, authentication, settings, points)
            ? user
            : null;

    // Asks a stranger for a password.
    private Sender? Admit(
        Flow from, SipMessage request, bool isRegister, EdgeSettings settings, IReadOnlyList<ListenPoint> points, out Verdict? closed)
    {
        AuthenticationSettings authentication = settings.Authentication!;
        HeaderKind field = isRegister ? HeaderKind.Authorization : HeaderKind.ProxyAuthorization;
        DigestOutcome outcome = digest.Check(request, field, authentication, out UserSettings? user);
        if (outcome != DigestOutcome.Right)
        {
            if (outcome == DigestOutcome.Wrong)
            {
                Log.WrongPassword(logger, PeerText.Brief(request.Method), PeerText.Brief(request.From?.Uri), from.Remote);
            }

            IReadOnlyList<string> questions = digest.Challenge(authentication, !isRegister, outcome == DigestOutcome.Stale);
            closed = (isRegister
                ? Verdict.Answer(401, "Unauthorized", questions)
                : Verdict.Answer(407, "Proxy Authentication Required", questions)) with
            { IsChallenge = true };
            return null;
        }

        bool isOwnName = IsNameOf(user!, request.From, authentication, settings, points)
            && (request.Method != "REGISTER" || IsNameOf(user!, request.To, authentication, settings, points));
        closed = isOwnName ? null : Verdict.Answer(403, "Not Your Name");
        return new Sender(Standing.Known, $"user {user!.Name}") { User = user, IsProven = true };
    }

    private static bool IsNameOf(
        UserSettings owner, NameAddress? address, AuthenticationSettings authentication, EdgeSettings settings, IReadOnlyList<ListenPoint> points) =>
        address is not null
        && SipUri.TryParse(address.Uri, out SipUri? uri, out _)
        && owner.IsNamedBy(uri, host => IsOurHost(host, authentication, settings, points));

    // Which domain somebody has is known only where the configuration names ours; an address is nobody's name.
    private static bool IsOurHost(
        string host, AuthenticationSettings authentication, EdgeSettings settings, IReadOnlyList<ListenPoint> points) =>
        IPAddress.TryParse(host, out _)
        || settings.Registrar is not { Domains.Count: > 0 }
        || Router.IsDomain(host, settings)
        || ListenPoint.IsSameName(host, authentication.Realm)
        || points.Any(point => ListenPoint.IsSameName(host, point.Host));
}
