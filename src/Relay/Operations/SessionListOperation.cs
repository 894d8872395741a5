using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Operations;

/// <summary>
/// Lists sessions, filtered and sorted: first every worker is asked, so many sessions in a visit, which of them are wanted and how
/// they compare; then those of the page are reported in full. Verdicts are those of the last second, which are counted too. Sessions
/// come and go meanwhile: a list is true of no single moment.
/// </summary>
public sealed class SessionListOperation : Operation
{
    /// <summary>Sessions that a worker looks at or reports in one visit: some tens of microseconds.</summary>
    public const int MaxPerVisit = 100;

    /// <summary>The longest page.</summary>
    public const int MaxTake = 1000;

    private readonly SessionFilter _filter;
    private readonly SessionOrder _order;
    private readonly int _skip;
    private readonly int _take;
    private readonly OperationContext _context;
    private readonly List<SessionRank> _ranks = [];
    private readonly List<SessionReport> _reports = [];
    private int _toLookAt = int.MaxValue; // sessions of the present worker from here down have not been looked at
    private SessionRank[] _page = [];
    private int _toReport;

    internal SessionListOperation(SessionFilter filter, SessionOrder order, int skip, int take, OperationContext context)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        ArgumentOutOfRangeException.ThrowIfNegative(take);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(take, MaxTake);
        _filter = filter;
        _order = order;
        _skip = skip;
        _take = take;
        _context = context;
        BeginAt(Step.On(0, Rank));
    }

    /// <summary>Sessions that there are.</summary>
    public int Total { get; private set; }

    /// <summary>Sessions that are wanted, on whatever page.</summary>
    public int Matching => _ranks.Count;

    /// <summary>The page, in order; those that have ended since are missing.</summary>
    public IReadOnlyList<SessionReport> Page => _reports;

    private Step Rank(RelayWorker worker, Instant _)
    {
        int visited = 0;

        // Backwards: the last session takes the place of one that ends, and has been looked at by then.
        for (_toLookAt = Math.Min(_toLookAt, worker.Sessions.Count - 1); _toLookAt >= 0; _toLookAt--)
        {
            if (visited++ == MaxPerVisit)
            {
                return Step.On(worker.Index, Rank);
            }

            Session session = worker.Sessions.All[_toLookAt];
            Total++;
            if (_filter.Admits(session))
            {
                _ranks.Add(SessionRank.Of(session));
            }
        }

        _toLookAt = int.MaxValue;
        return Step.OnNext(worker, _context, Rank) ?? Step.Off(Sort, 0, Report);
    }

    /// <summary>On a thread that may take its time.</summary>
    private void Sort()
    {
        _ranks.Sort(SessionRank.ComparisonBy(_order));
        _page = [.. _ranks.Skip(_skip).Take(_take)];
    }

    private Step Report(RelayWorker worker, Instant now)
    {
        for (int visited = 0; _toReport < _page.Length; _toReport++)
        {
            SessionId id = _page[_toReport].Id;
            if (id.Worker != worker.Index || visited++ == MaxPerVisit)
            {
                return Step.On(id.Worker, Report);
            }

            if (worker.Sessions.Find(id) is { } session)
            {
                _reports.Add(SessionReports.AsLastSeen(session, now));
            }
        }

        return Step.Done;
    }
}
