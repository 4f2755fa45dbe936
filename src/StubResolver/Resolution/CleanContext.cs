namespace StubResolver.Resolution;

/// <summary>Runs what belongs to the resolver, not to a caller, without the caller's <see cref="AsyncLocal{T}"/> values.</summary>
/// <remarks>
/// Suppressing the flow is not enough: it hides them only from what continues later, not from what runs at once on the caller's thread.
/// </remarks>
internal static class CleanContext
{
    private static readonly ExecutionContext s_empty = CaptureEmpty();

    /// <summary>Runs the callback at once.</summary>
    public static void Run(ContextCallback callback, object? state) => ExecutionContext.Run(s_empty, callback, state);

    // Only a thread that was started without a context has none.
    private static ExecutionContext CaptureEmpty()
    {
        ExecutionContext? empty = null;
        Thread thread = new(() => empty = ExecutionContext.Capture());
        thread.UnsafeStart();
        thread.Join();
        return empty!;
    }
}
