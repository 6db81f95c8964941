/**
 * Photos and their thumbnails. An upload stores the original in the object store and puts a job on the queue; a worker takes
 * the job, makes the thumbnail, stores it and only then deletes the job, so that a worker that dies loses none.
 *
 * <p>A job is {@code {"photo":"17"}}: the original is the object {@code photos/17}, the thumbnail {@code thumbnails/17}.
 * The clients of store and queue are small on purpose: instances have little memory.
 */
@NullMarked
package io.plimsoll.environments.local.photos;

import org.jspecify.annotations.NullMarked;
