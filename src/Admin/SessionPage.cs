namespace RtpProxy.Admin;

/// <summary>A page of the list of sessions.</summary>
/// <param name="Total">Sessions that there are.</param>
/// <param name="Matching">Sessions that match the filter, on whatever page.</param>
/// <param name="Skip">Of those, how many come before the page.</param>
public sealed record SessionPage(int Total, int Matching, int Skip, IReadOnlyList<SessionRow> Rows);
