namespace RtpProxy.Watch.Live;

/// <summary>Answers that many clients want at once are made once, and are good for a second. Thread-safe.</summary>
internal sealed class AnswerCache<TKey>(TimeProvider time)
    where TKey : notnull
{
    private const int MaxKept = 128;

    private static readonly TimeSpan Freshness = TimeSpan.FromMilliseconds(900);

    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, (Task<Answer> Answer, long MadeAt)> _kept = [];

    public Task<Answer> GetAsync(TKey key, Func<Task<Answer>> make)
    {
        lock (_gate)
        {
            if (_kept.TryGetValue(key, out (Task<Answer> Answer, long MadeAt) known) && IsFresh(known.MadeAt))
            {
                return known.Answer;
            }

            foreach (TKey old in _kept.Where(entry => !IsFresh(entry.Value.MadeAt)).Select(entry => entry.Key).ToArray())
            {
                _kept.Remove(old);
            }

            // On another thread: nothing that is asked may run under the lock.
            Task<Answer> answer = Task.Run(make);
            if (_kept.Count < MaxKept)
            {
                _kept[key] = (answer, time.GetTimestamp());
            }

            return answer;
        }
    }

    private bool IsFresh(long madeAt) => time.GetElapsedTime(madeAt) < Freshness;
}
