using RtpProxy.SipEdge.Proxy;

namespace RtpProxy.SipEdge.Trust;

/// <summary>What becomes of a new request.</summary>
/// <param name="Status">The answer that ends it here without being remembered; 0 when it goes on.</param>
/// <param name="Fields">Header fields of that answer.</param>
internal sealed record Verdict(int Status, string Reason, IReadOnlyList<string> Fields)
{
    /// <summary>Who sends it; when it goes on.</summary>
    public Sender Sender { get; init; } = new(Standing.Stranger, "");

    /// <summary>Where it goes; null when the registrar works on it.</summary>
    public RoutePlan? Plan { get; init; }

    /// <summary>It was answered with a question for a password.</summary>
    public bool IsChallenge { get; init; }

    public static Verdict Answer(int status, string reason, params IReadOnlyList<string> fields) => new(status, reason, fields);

    public static Verdict Answer(RouteDecision decision) => new(decision.Status, decision.Reason, []);

    public static Verdict Go(Sender sender, RoutePlan? plan) => new(0, "", []) { Sender = sender, Plan = plan };
}
