namespace RtpProxy.Watch.Views;

/// <summary>A page of the list of sessions.</summary>
/// <param name="Total">Sessions that there are.</param>
/// <param name="Matching">Of those, how many match.</param>
/// <param name="Away">Relays that could not be asked.</param>
internal sealed record SessionListView(
    DateTimeOffset At, int Total, int Matching, int Skip, int Take, IReadOnlyList<NodeSessionRow> Rows, IReadOnlyList<string> Away);
