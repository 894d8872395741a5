using RtpProxy.Io.Posix.Queues;

namespace RtpProxy.Io.Tests.Mail;

public sealed class BoundedQueueTests
{
    [Fact]
    public void What_goes_in_comes_out_in_order_and_no_more_than_fits()
    {
        var queue = new BoundedQueue<string>(3);
        for (int round = 0; round < 10; round++)
        {
            queue.IsEmpty.ShouldBeTrue();
            new[] { "a", "b", "c", "d" }.ShouldAllBe(item => queue.TryEnqueue(item));
            queue.TryEnqueue("e").ShouldBeFalse();
            queue.IsEmpty.ShouldBeFalse();

            Drain(queue).ShouldBe(["a", "b", "c", "d"]);
        }
    }

    [Fact]
    public void Many_writers_and_readers_lose_and_double_nothing()
    {
        const int Writers = 4;
        const int PerWriter = 20_000;
        var queue = new BoundedQueue<Tuple<int, int>>(64);
        var taken = new System.Collections.Concurrent.ConcurrentBag<Tuple<int, int>>();
        int left = Writers * PerWriter;

        Parallel.Invoke(
        [
            .. Enumerable.Range(0, Writers).Select<int, Action>(writer => () =>
            {
                for (int i = 0; i < PerWriter; i++)
                {
                    var item = Tuple.Create(writer, i);
                    while (!queue.TryEnqueue(item))
                    {
                        Thread.Yield();
                    }
                }
            }),
            .. Enumerable.Range(0, 2).Select<int, Action>(_ => () =>
            {
                while (Volatile.Read(ref left) > 0)
                {
                    if (queue.TryDequeue(out Tuple<int, int>? item))
                    {
                        taken.Add(item);
                        Interlocked.Decrement(ref left);
                    }
                    else
                    {
                        Thread.Yield();
                    }
                }
            }),
        ]);

        taken.Count.ShouldBe(Writers * PerWriter);
        taken.Distinct().Count().ShouldBe(Writers * PerWriter);
    }

    private static List<string> Drain(BoundedQueue<string> queue)
    {
        var items = new List<string>();
        while (queue.TryDequeue(out string? item))
        {
            items.Add(item);
        }

        return items;
    }
}
