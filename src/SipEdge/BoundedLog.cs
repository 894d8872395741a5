using System.Globalization;
using Microsoft.Extensions.Logging;

namespace RtpProxy.SipEdge;

/// <summary>
/// Lets so many lines of a kind through in a second; what strangers make us say fills no disk. What was left out is
/// counted and told before the next line of the kind.
/// </summary>
/// <param name="inner">Where lines go.</param>
internal sealed class BoundedLog(ILogger inner, TimeProvider time) : ILogger
{
    /// <summary>Lines of a kind at once, and again after each second.</summary>
    public const int LinesPerSecond = 20;

    private readonly Lock _gate = new();
    private readonly Dictionary<int, Budget> _budgets = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        // Who asks for every message (debug) gets every message.
        long leftOut = 0;
        if (logLevel > LogLevel.Debug && !TrySpend(eventId.Id, out leftOut))
        {
            return;
        }

        if (leftOut > 0)
        {
            string text = string.Create(CultureInfo.InvariantCulture, $"{leftOut} more like the next line were left out");
            inner.Log(logLevel, eventId, text, null, static (text, _) => text);
        }

        inner.Log(logLevel, eventId, state, exception, formatter);
    }

    private bool TrySpend(int kind, out long leftOut)
    {
        lock (_gate)
        {
            long now = time.GetTimestamp();
            if (!_budgets.TryGetValue(kind, out Budget? budget))
            {
                _budgets[kind] = budget = new Budget { Since = now };
            }

            if (time.GetElapsedTime(budget.Since, now) >= TimeSpan.FromSeconds(1))
            {
                budget.Since = now;
                budget.Spent = 0;
            }

            leftOut = budget.LeftOut;
            if (budget.Spent >= LinesPerSecond)
            {
                budget.LeftOut++;
                return false;
            }

            budget.Spent++;
            budget.LeftOut = 0;
            return true;
        }
    }

    private sealed class Budget
    {
        public long Since { get; set; }

        public int Spent { get; set; }

        public long LeftOut { get; set; }
    }
}
