namespace RtpProxy.SipEdge.Proxy;

/// <summary>A plan, or the response that a request gets instead.</summary>
/// <param name="Status">0 with a plan.</param>
internal readonly record struct RouteDecision(RoutePlan? Plan, int Status, string Reason)
{
    public static RouteDecision Go(RoutePlan plan) => new(plan, 0, "");

    public static RouteDecision Refuse(int status, string reason) => new(null, status, reason);
}
